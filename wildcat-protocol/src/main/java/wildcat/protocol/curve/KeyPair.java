package wildcat.protocol.curve;

import wildcat.protocol.bytes.Secret;

/// A Curve25519 key pair. The private scalar is clamped and has 32 bytes.
public record KeyPair(Secret privateKey, PublicKey publicKey) {
  public KeyPair {
    if (privateKey.length() != 32) {
      throw new IllegalArgumentException("a private key has 32 B, not " + privateKey.length());
    }
  }
}
