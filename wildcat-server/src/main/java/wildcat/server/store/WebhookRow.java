package wildcat.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook.
///
/// @param events what it wants: event types, or `group.*`; empty for all
/// @param legacy gets only what the predecessor sent
/// @param secret `whsec_` and base64
/// @param disabled nothing is sent and nothing new is owed
/// @param reason why it is disabled; "" when it is not
/// @param failingSince RFC 3339; since when nothing was accepted
public record WebhookRow(
    String id,
    String url,
    List<String> events,
    boolean legacy,
    String secret,
    boolean disabled,
    String reason,
    @Nullable String failingSince,
    String createdAt) {

  public WebhookRow {
    events = List.copyOf(events);
  }

  public WebhookRow asDisabled(String why) {
    return new WebhookRow(id, url, events, legacy, secret, true, why, failingSince, createdAt);
  }

  public WebhookRow asActive() {
    return new WebhookRow(id, url, events, legacy, secret, false, "", null, createdAt);
  }

  public WebhookRow withFailingSince(@Nullable String since) {
    return new WebhookRow(id, url, events, legacy, secret, disabled, reason, since, createdAt);
  }

  @Override
  public String toString() {
    return "webhook " + id;
  }
}
