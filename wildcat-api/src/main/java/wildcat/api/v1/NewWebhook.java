package wildcat.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wildcat.api.Required;

/// A wish for a webhook.
///
/// @param url http or https
/// @param events the event types it wants, `message.*` for a group of them; absent means all
public record NewWebhook(@Required @Nullable String url, @Nullable List<String> events) {}
