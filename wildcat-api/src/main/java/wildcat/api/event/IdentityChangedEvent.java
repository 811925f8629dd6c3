package wildcat.api.event;

/// `contact.identity_changed`: a user has a new identity key, since the phone was set up again.
public record IdentityChangedEvent(
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
