package wildcat.api.event;

/// `account.linked`: a phone has accepted this device.
///
/// @param pn our own number, as a jid
/// @param platform of the phone, for example `android`
public record AccountLinkedEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String pn,
    String lid,
    String platform)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
