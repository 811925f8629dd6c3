package wildcat.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook and how its deliveries go.
///
/// @param url without user, password and query, which may be secret
/// @param events empty for all
/// @param legacy registered through the predecessor's route: gets only what the predecessor sent
/// @param status `active`, `paused` (the endpoint fails as a whole and is probed) or `disabled`
/// @param reason why it is not active; "" when it is
/// @param pending events not yet delivered
public record WebhookView(
    String id,
    String url,
    List<String> events,
    boolean legacy,
    String status,
    String reason,
    @Nullable String failingSince,
    long pending,
    String createdAt) {}
