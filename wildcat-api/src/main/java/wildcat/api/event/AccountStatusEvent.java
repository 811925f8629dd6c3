package wildcat.api.event;

import org.jspecify.annotations.Nullable;

/// `account.status`: an account changed its state.
public record AccountStatusEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String status,
    String reason,
    String since,
    @Nullable String until)
    implements EventDocument {}
