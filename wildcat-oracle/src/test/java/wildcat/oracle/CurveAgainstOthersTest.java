package wildcat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.whispersystems.curve25519.Curve25519;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// X25519 and XEdDSA against BouncyCastle and Signal's curve25519-java.
@Timeout(120)
class CurveAgainstOthersTest {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final Curve OURS = Curve.standard();
  private static final Curve25519 SIGNAL = Curve25519.getInstance(Curve25519.JAVA);

  private final Random random = new Random(Oracle.seed());

  @Test
  void agreementsAreThoseOfBouncyCastle() {
    for (int i = 0; i < Oracle.scaled(1_000); i++) {
      var privateKey = new byte[32];
      var publicKey = new byte[32];
      random.nextBytes(privateKey);
      random.nextBytes(publicKey); // on the curve or its twist, top bit set or not
      var expected = new byte[32];
      X25519.scalarMult(privateKey, 0, publicKey, 0, expected, 0);
      assertThat(agree(privateKey, publicKey)).as(Oracle.step(i)).isEqualTo(expected);
    }
  }

  @Test
  void publicKeysAreThoseOfBouncyCastle() {
    for (int i = 0; i < Oracle.scaled(1_000); i++) {
      KeyPair pair = OURS.generate(random);
      var expected = new byte[32];
      X25519.scalarMultBase(pair.privateKey().expose(), 0, expected, 0);
      assertThat(pair.publicKey().bytes().toArray()).as(Oracle.step(i)).isEqualTo(expected);
    }
  }

  @Test
  void signaturesAreReadByBothOthers() {
    for (int i = 0; i < Oracle.scaled(300); i++) {
      KeyPair signer = OURS.generate(random);
      byte[] message = message();
      byte[] signature = OURS.sign(signer.privateKey(), message, random);
      byte[] key = signer.publicKey().bytes().toArray();
      assertThat(SIGNAL.verifySignature(key, message, signature)).as(Oracle.step(i)).isTrue();
      assertThat(verifyWithBouncyCastle(key, message, signature)).as(Oracle.step(i)).isTrue();
    }
  }

  @Test
  void verdictsOnSignalsSignaturesAndDamagedOnesAreTheSame() {
    int damaged = 0;
    for (int i = 0; i < Oracle.scaled(300); i++) {
      KeyPair signer = OURS.generate(random);
      byte[] message = message();
      byte[] signature = SIGNAL.calculateSignature(signer.privateKey().expose(), message);
      byte[] key = signer.publicKey().bytes().toArray();
      if (random.nextBoolean()) {
        damage(random.nextBoolean() ? signature : random.nextBoolean() ? key : message);
        damaged++;
      }
      boolean verdict = OURS.verify(new PublicKey(Bytes.copyOf(key)), message, signature);
      assertThat(verdict)
          .as(Oracle.step(i))
          .isEqualTo(verifyWithBouncyCastle(key, message, signature));
      assertThat(verdict).isEqualTo(SIGNAL.verifySignature(key, message, signature));
    }
    assertThat(damaged).isPositive();
  }

  private byte[] message() {
    var message = new byte[1 + random.nextInt(200)];
    random.nextBytes(message);
    return message;
  }

  private void damage(byte[] bytes) {
    int bits = 8 * bytes.length - (bytes.length == 32 ? 1 : 0); // not the bit of a key nobody reads
    int bit = random.nextInt(bits);
    bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
  }

  private static byte[] agree(byte[] privateKey, byte[] publicKey) {
    try {
      return OURS.agree(Secret.copyOf(privateKey), new PublicKey(Bytes.copyOf(publicKey)));
    } catch (InvalidKey e) {
      return new byte[32];
    }
  }

  /// XEdDSA by its definition: the Edwards key computed with big integers, the rest plain Ed25519.
  private static boolean verifyWithBouncyCastle(byte[] u, byte[] message, byte[] signature) {
    BigInteger montgomery = littleEndian(u);
    BigInteger denominator = montgomery.add(BigInteger.ONE).mod(P);
    if (montgomery.compareTo(P) >= 0 || denominator.signum() == 0) {
      return false;
    }
    BigInteger y = montgomery.subtract(BigInteger.ONE).multiply(denominator.modInverse(P)).mod(P);
    var key = new byte[32];
    for (int i = 0; i < 32; i++) {
      key[i] = y.shiftRight(8 * i).byteValue();
    }
    byte[] plain = signature.clone();
    key[31] |= (byte) (plain[63] & 0x80);
    plain[63] &= 0x7f;
    return Ed25519.verify(plain, 0, key, 0, message, 0, message.length);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    var value = BigInteger.ZERO;
    for (int i = 31; i >= 0; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    return value;
  }
}
