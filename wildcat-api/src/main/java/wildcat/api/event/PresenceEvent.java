package wildcat.api.event;

import org.jspecify.annotations.Nullable;

/// `presence`: somebody came online, went, typed or stopped. Not stored: it has no number and no delivery, and
/// reaches only who listens at that moment.
///
/// @param chatId where somebody types; the person where it is not about a chat
/// @param state `online`, `offline`, `typing`, `recording` or `paused`
/// @param lastSeen when the person was online last, as far as it is shown to us
public record PresenceEvent(
    String event,
    String accountId,
    String occurredAt,
    String chatId,
    String contactId,
    String state,
    @Nullable String lastSeen) {
  @Override
  public String toString() {
    return event;
  }
}
