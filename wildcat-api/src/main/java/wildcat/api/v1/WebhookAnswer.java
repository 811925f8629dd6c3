package wildcat.api.v1;

/// One webhook.
public record WebhookAnswer(boolean ok, WebhookView webhook) {}
