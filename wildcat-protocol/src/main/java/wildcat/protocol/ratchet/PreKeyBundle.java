package wildcat.protocol.ratchet;

import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;

/// What a server hands out so that somebody can start a ratchet with a device.
///
/// @param registrationId any 32-bit value, unsigned
/// @param oneTime absent when the device has run out of them
public record PreKeyBundle(
    int registrationId, PublicKey identity, Signed signed, Optional<OneTime> oneTime) {

  /// @param signature not checked yet: [Ratchet#initiate] does
  public record Signed(int id, PublicKey key, Bytes signature) {}

  public record OneTime(int id, PublicKey key) {}
}
