package wildcat.api.event;

import org.jspecify.annotations.Nullable;

/// `contact.picture`: a person or group has another picture.
///
/// @param pictureId null when it was removed
public record PictureEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String contactId,
    @Nullable String pictureId)
    implements EventDocument {
  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
