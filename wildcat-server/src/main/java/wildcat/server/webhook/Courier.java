package wildcat.server.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import wildcat.client.store.Outbox.Delivery;
import wildcat.server.egress.Egress;
import wildcat.server.egress.EgressFailed;
import wildcat.server.egress.Target;
import wildcat.server.store.WebhookRow;

/// Carries one event to one endpoint, once.
final class Courier {
  private final Egress egress;
  private final Duration limit;
  private final InstantSource clock;

  Courier(Egress egress, Duration limit, InstantSource clock) {
    this.egress = egress;
    this.limit = limit;
    this.clock = clock;
  }

  Outcome deliver(WebhookRow webhook, Delivery delivery) {
    Instant now = clock.instant();
    var headers =
        new HashMap<>(
            Signature.headers(webhook.secret(), delivery.eventId(), now, delivery.body()));
    headers.put("X-Wildcat-Attempt", Integer.toString(delivery.attempts() + 1));
    if (delivery.gap()) {
      headers.put("X-Wildcat-Gap", "true");
    }
    try {
      var target = Target.parse(webhook.url());
      return outcome(egress.post(new Egress.Post(target, headers, delivery.body(), limit)), now);
    } catch (Target.NotATarget e) {
      return new Outcome.Failed(
          "the URL cannot be used: " + e.getMessage(), true, Optional.empty());
    } catch (EgressFailed.Refused e) {
      return new Outcome.Failed(e.reason(), true, Optional.empty());
    } catch (EgressFailed e) {
      return new Outcome.Failed(e.reason(), false, Optional.empty());
    }
  }

  private static Outcome outcome(Egress.Answer answer, Instant now) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return new Outcome.Accepted();
    }
    if (status == 410) {
      return new Outcome.Gone();
    }
    Optional<Duration> after = answer.retryAfter().flatMap(text -> RetryAfter.parse(text, now));
    String hint = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
    return new Outcome.Failed("answered " + status + hint, status == 429, after);
  }
}
