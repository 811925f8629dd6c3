package wildcat.api.legacy;

/// What `POST /webhooks` reads.
public record NewWebhook(String url) {}
