package wildcat.protocol.curve;

import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Secret;

/// Key agreement and signatures over Curve25519. Thread-safe and without state.
///
/// Everything that touches a private key runs in constant time. Randomness comes from the caller, who
/// passes a `SecureRandom` outside of tests.
public interface Curve {
  /// The implementation in use.
  static Curve standard() {
    return Curve25519.INSTANCE;
  }

  KeyPair generate(RandomGenerator random);

  /// The pair of a private key; clamps it.
  KeyPair pairOf(Secret privateKey);

  /// The X25519 shared secret, 32 bytes.
  ///
  /// @throws InvalidKey the result is all zero: `theirs` is a point of low order
  byte[] agree(Secret privateKey, PublicKey theirs) throws InvalidKey;

  /// An XEdDSA signature, 64 bytes; the sign bit of the Edwards point is the top bit of byte 63.
  byte[] sign(Secret privateKey, byte[] message, RandomGenerator random);

  /// Whether `signature` is a valid XEdDSA signature of `message`; false for any malformed input.
  boolean verify(PublicKey signer, byte[] message, byte[] signature);
}
