package wildcat.server.command;

import java.util.List;
import wildcat.client.store.StoreFailed;
import wildcat.server.egress.Target;
import wildcat.server.store.WebhookRow;
import wildcat.server.webhook.EventTypes;
import wildcat.server.webhook.Webhooks;

/// Adds a webhook. Whether its address may be called is judged at each delivery, not here: names move.
public final class RegisterWebhook {
  private static final int MAX_PATTERNS = 50;

  private final Webhooks webhooks;

  public RegisterWebhook(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /// As the predecessor did: one per URL. The messages are the predecessor's.
  public Webhooks.Registered legacy(String url) throws Refusal, StoreFailed, InterruptedException {
    check(url);
    try {
      return webhooks.registerLegacy(url);
    } catch (Webhooks.TooMany _) {
      throw new Refusal(Refusal.Reason.TOO_MANY, "there are " + Webhooks.MAX + " webhooks already");
    }
  }

  /// @param events patterns; empty for all
  public WebhookRow create(String url, List<String> events)
      throws Refusal, StoreFailed, InterruptedException {
    check(url);
    if (events.size() > MAX_PATTERNS) {
      throw new Refusal(Refusal.Reason.INVALID, "at most " + MAX_PATTERNS + " events");
    }
    for (String pattern : events) {
      if (!EventTypes.isPattern(pattern)) {
        throw new Refusal(
            Refusal.Reason.INVALID,
            "events are of " + String.join(", ", EventTypes.all()) + ", or a group like message.*");
      }
    }
    try {
      return webhooks.create(url, events);
    } catch (Webhooks.TooMany _) {
      throw new Refusal(Refusal.Reason.TOO_MANY, "there are " + Webhooks.MAX + " webhooks already");
    }
  }

  private static void check(String url) throws Refusal {
    try {
      Target.parse(url);
    } catch (Target.NotATarget e) {
      throw new Refusal(
          Refusal.Reason.INVALID,
          e.isOtherScheme() ? "only http/https URLs are allowed" : "invalid URL");
    }
  }
}
