package wildcat.api.event;

/// `message.undecryptable`: a message arrived that could not be read; a copy was asked for. When it comes,
/// `message.received` follows with the same id.
///
/// @param attempts how many copies were unreadable so far
public record MessageUndecryptableEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String id,
    String messageId,
    String chatId,
    String senderId,
    String reason,
    int attempts)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
