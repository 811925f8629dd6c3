package wildcat.client.event;

import java.time.Instant;
import java.util.Optional;
import wildcat.protocol.jid.Jid;

/// What a person is doing, as far as WhatsApp tells.
///
/// @param person without device
/// @param lastSeen when the person was online last, if it is not and lets others see that
/// @param at when we heard of it
public record Presence(Jid person, State state, Optional<Instant> lastSeen, Instant at) {
  /// What somebody can do.
  public enum State {
    ONLINE("online"),
    OFFLINE("offline"),
    TYPING("typing"),
    /// A voice note.
    RECORDING("recording"),
    /// Has stopped typing or recording.
    PAUSED("paused");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
