package wildcat.api.event;

/// `contact.blocked` and `contact.unblocked`: by this account.
public record BlockingEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String contactId)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
