package wildcat.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wish for a webhook.
///
/// @param url http or https
/// @param events the event types it wants, `message.*` for a group of them; absent means all
public record NewWebhook(@Nullable String url, @Nullable List<String> events) {}
