package wildcat.api.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// `chat.read`, `chat.unread` and `chat.updated`.
///
/// @param messageId of `chat.read`: the last message read
/// @param archived of `chat.updated`, as all that follow
/// @param pinnedAt since when it is pinned; absent when it is not
/// @param mutedUntil absent when it is not muted
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String chatId,
    @Nullable String messageId,
    @Nullable Boolean archived,
    @Nullable String pinnedAt,
    @Nullable String mutedUntil)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
