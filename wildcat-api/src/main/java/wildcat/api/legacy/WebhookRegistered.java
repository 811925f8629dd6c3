package wildcat.api.legacy;

/// Answer of `POST /webhooks`.
public record WebhookRegistered(boolean ok, String url, boolean created) {}
