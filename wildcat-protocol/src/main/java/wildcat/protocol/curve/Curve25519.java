package wildcat.protocol.curve;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;

/// The curve in plain Java: X25519 by the Montgomery ladder, key pairs and signatures by tables of the
/// base point. The JDK's X25519 takes longer, and it has no XEdDSA.
///
/// Sources: RFC 7748; "The XEdDSA and VXEdDSA Signature Schemes", with Signal's change that the public
/// key's sign bit travels in the signature instead of being forced to 0 (libsignal, curve25519.rs).
final class Curve25519 implements Curve {
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  /// Prefix of the hash that makes a signature's nonce: 2^256 - 2, which no encoded point begins with.
  private static final byte[] NONCE_PREFIX = noncePrefix();

  static final Curve25519 INSTANCE = new Curve25519();

  private Curve25519() {}

  private static byte[] noncePrefix() {
    var prefix = new byte[32];
    Arrays.fill(prefix, (byte) 0xff);
    prefix[0] = (byte) 0xfe;
    return prefix;
  }

  @Override
  public KeyPair generate(RandomGenerator random) {
    var scalar = new byte[KEY_BYTES];
    random.nextBytes(scalar);
    return pairOf(scalar);
  }

  @Override
  public KeyPair pairOf(Secret privateKey) {
    return pairOf(scalar(privateKey));
  }

  private static KeyPair pairOf(byte[] scalar) {
    Montgomery.clamp(scalar);
    byte[] u = BasePoint.multiply(scalar).montgomeryU();
    return new KeyPair(Secret.wrap(scalar), new PublicKey(Bytes.wrap(u)));
  }

  private static byte[] scalar(Secret privateKey) {
    byte[] scalar = privateKey.expose();
    if (scalar.length != KEY_BYTES) {
      throw new IllegalArgumentException("a private key has 32 B, not " + scalar.length);
    }
    Montgomery.clamp(scalar);
    return scalar;
  }

  @Override
  public byte[] agree(Secret privateKey, PublicKey theirs) throws InvalidKey {
    byte[] shared = Montgomery.multiply(scalar(privateKey), theirs.bytes().toArray());
    int any = 0;
    for (byte b : shared) {
      any |= b;
    }
    if (any == 0) {
      throw new InvalidKey("the public key is a point of low order");
    }
    return shared;
  }

  @Override
  public byte[] sign(Secret privateKey, byte[] message, RandomGenerator random) {
    byte[] a = scalar(privateKey);
    byte[] key = BasePoint.multiply(a).encode();
    var entropy = new byte[64];
    random.nextBytes(entropy);
    byte[] nonce = Scalar.reduce(Ed25519.sha512(NONCE_PREFIX, a, message, entropy));
    byte[] r = BasePoint.multiply(nonce).encode();
    byte[] h = Scalar.reduce(Ed25519.sha512(r, key, message));
    byte[] s = Scalar.multiplyAdd(h, a, nonce);
    byte[] signature = Arrays.copyOf(r, SIGNATURE_BYTES);
    System.arraycopy(s, 0, signature, 32, 32);
    signature[63] |= (byte) (key[31] & 0x80);
    return signature;
  }

  @Override
  public boolean verify(PublicKey signer, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    FieldElement y = Ed25519.yOf(signer.bytes().toArray());
    boolean odd = signature[63] < 0;
    @Nullable EdwardsPoint point = y == null ? null : EdwardsPoint.ofY(y, odd);
    if (y == null || point == null || Ed25519.isOfLowOrder(point)) {
      return false;
    }
    byte[] key = y.toBytes();
    key[31] |= (byte) (odd ? 0x80 : 0);
    byte[] plain = signature.clone();
    plain[63] &= 0x7f;
    return Ed25519.verify(point, key, message, plain);
  }
}
