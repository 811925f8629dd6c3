package wildcat.api.event;

import org.jspecify.annotations.Nullable;

/// `contact.updated`: a name of a person is known now, or is another one.
///
/// @param name the one to show
/// @param pushName what the person calls himself
/// @param verifiedName of a business
/// @param savedName from the address book
public record ContactEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String contactId,
    @Nullable String name,
    @Nullable String pushName,
    @Nullable String verifiedName,
    @Nullable String savedName)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
