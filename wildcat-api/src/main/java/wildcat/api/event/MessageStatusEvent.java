package wildcat.api.event;

import org.jspecify.annotations.Nullable;

/// `message.status`: how far a sent message has come.
///
/// @param status `sent` (the server has it), `delivered`, `read`, `played` or `failed`
/// @param code why it failed, as WhatsApp numbers it
/// @param participant in a group: whose devices have come that far, one event per person
/// @param timestamp when that was, in unix seconds
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
    @Nullable Integer code,
    @Nullable String participant,
    @Nullable Long timestamp)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
