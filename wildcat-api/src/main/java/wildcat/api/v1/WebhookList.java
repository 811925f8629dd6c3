package wildcat.api.v1;

import java.util.List;

/// All webhooks.
public record WebhookList(boolean ok, List<WebhookView> webhooks) {
  public WebhookList {
    webhooks = List.copyOf(webhooks);
  }
}
