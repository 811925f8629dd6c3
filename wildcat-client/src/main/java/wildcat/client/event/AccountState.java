package wildcat.client.event;

import java.time.Instant;
import java.util.Optional;

/// How an account stands, why, and since when.
///
/// @param reason for people, without secrets; "" when the status says it all
/// @param until when a ban or restriction ends, if WhatsApp told
public record AccountState(Status status, String reason, Instant since, Optional<Instant> until) {

  /// Where an account can stand.
  public enum Status {
    /// Never started.
    CREATED("created"),
    CONNECTING("connecting"),
    /// A QR code or pairing code waits for a phone.
    WAITING_FOR_LINK("waiting_for_link"),
    WAITING_FOR_PASSKEY("waiting_for_passkey"),
    CONNECTED("connected"),
    /// The connection was lost; the next attempt follows by itself.
    RECONNECTING("reconnecting"),
    /// May reply, may not open chats.
    RESTRICTED("restricted"),
    BANNED("banned"),
    /// The device was opened elsewhere; nothing follows by itself.
    CONFLICT("conflict"),
    /// The phone or WhatsApp removed this device; linking again is needed.
    LOGGED_OUT("logged_out"),
    /// Stored keys cannot be read; nothing is done to them.
    KEY_ERROR("key_error"),
    /// Stopped by the user, or by a failure that trying again cannot mend.
    DISCONNECTED("disconnected");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    /// The name in the HTTP interface.
    public String wireName() {
      return wireName;
    }
  }
}
