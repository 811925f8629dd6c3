package wildcat.simulator.world;

import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKeyBundle;

/// What the server knows of a linked companion.
///
/// @param noiseKey what it must prove at every login
/// @param registrationId any 32-bit value, unsigned
/// @param signedIdentity ADVSignedDeviceIdentity with all four fields
/// @param keyIndex the account's number for it, at least 1
public record Companion(
    PublicKey noiseKey,
    PublicKey identity,
    int registrationId,
    PreKeyBundle.Signed signedPreKey,
    Bytes signedIdentity,
    int keyIndex) {

  /// The same with new keys from a pre-key upload.
  public Companion renewed(int newRegistrationId, PreKeyBundle.Signed newSignedPreKey) {
    return new Companion(
        noiseKey, identity, newRegistrationId, newSignedPreKey, signedIdentity, keyIndex);
  }
}
