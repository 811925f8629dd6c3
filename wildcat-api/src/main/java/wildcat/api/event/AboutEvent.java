package wildcat.api.event;

/// `contact.about`: a person has another about text.
public record AboutEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String contactId,
    String about)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
