package wildcat.protocol.ratchet;

import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;

/// A signed pre-key: used by everyone who finds no one-time pre-key left.
///
/// @param id 1 to 16,777,215
/// @param signature XEdDSA of the identity key over the key in Signal form, 64 bytes
public record SignedPreKey(int id, KeyPair keys, Bytes signature) {
  public SignedPreKey {
    if (id < 1 || id > PreKey.MAX_ID) {
      throw new IllegalArgumentException("pre-key id " + id + " is not within 1.." + PreKey.MAX_ID);
    }
    if (signature.length() != 64) {
      throw new IllegalArgumentException("a signature has 64 B, not " + signature.length());
    }
  }

  /// Makes a fresh one, signed by `identity`.
  public static SignedPreKey generate(
      Curve curve, int id, KeyPair identity, RandomGenerator random) {
    KeyPair keys = curve.generate(random);
    byte[] signature = curve.sign(identity.privateKey(), keys.publicKey().signalForm(), random);
    return new SignedPreKey(id, keys, Bytes.wrap(signature));
  }
}
