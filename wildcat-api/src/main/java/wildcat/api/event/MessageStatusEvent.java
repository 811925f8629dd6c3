package wildcat.api.event;

import org.jspecify.annotations.Nullable;

/// `message.status`: how far a sent message has come.
///
/// @param status `sent` (the server has it), `delivered`, `read`, `played` or `failed`
/// @param code why it failed, as WhatsApp numbers it
public record MessageStatusEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String id,
    String messageId,
    String chatId,
    String status,
    @Nullable Integer code)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
