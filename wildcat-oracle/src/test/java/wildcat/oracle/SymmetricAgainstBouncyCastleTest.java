package wildcat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wildcat.protocol.crypto.AesCbc;
import wildcat.protocol.crypto.AesGcm;
import wildcat.protocol.crypto.Hkdf;
import wildcat.protocol.crypto.HmacSha256;

@Timeout(120)
class SymmetricAgainstBouncyCastleTest {
  private final Random random = new Random(Oracle.seed());

  @Test
  void hmacsAreEqual() {
    var ours = new HmacSha256();
    for (int i = 0; i < Oracle.scaled(2_000); i++) {
      byte[] key = bytes(random.nextInt(1, 150));
      byte[] message = bytes(random.nextInt(300));
      var theirs = new HMac(new SHA256Digest());
      theirs.init(new KeyParameter(key));
      theirs.update(message, 0, message.length);
      var expected = new byte[32];
      theirs.doFinal(expected, 0);
      assertThat(ours.mac(key, message)).as(Oracle.step(i)).isEqualTo(expected);
    }
  }

  @Test
  void derivedKeysAreEqual() {
    var ours = new Hkdf();
    for (int i = 0; i < Oracle.scaled(2_000); i++) {
      byte[] salt = bytes(random.nextInt(80));
      byte[] ikm = bytes(random.nextInt(1, 100));
      byte[] info = bytes(random.nextInt(60));
      var theirs = new HKDFBytesGenerator(new SHA256Digest());
      theirs.init(new HKDFParameters(ikm, salt, info));
      var expected = new byte[random.nextInt(1, 200)];
      theirs.generateBytes(expected, 0, expected.length);
      assertThat(ours.extractAndExpand(salt, ikm, info, expected.length))
          .as(Oracle.step(i))
          .isEqualTo(expected);
    }
  }

  @Test
  void cbcCiphertextsAreEqual() throws InvalidCipherTextException {
    var ours = new AesCbc();
    for (int i = 0; i < Oracle.scaled(2_000); i++) {
      byte[] key = bytes(32);
      byte[] iv = bytes(16);
      byte[] message = bytes(random.nextInt(200));
      var theirs =
          new PaddedBufferedBlockCipher(
              CBCBlockCipher.newInstance(AESEngine.newInstance()), new PKCS7Padding());
      theirs.init(true, new ParametersWithIV(new KeyParameter(key), iv));
      var expected = new byte[theirs.getOutputSize(message.length)];
      int length = theirs.processBytes(message, 0, message.length, expected, 0);
      theirs.doFinal(expected, length);
      assertThat(ours.encrypt(key, iv, message)).as(Oracle.step(i)).isEqualTo(expected);
      assertThat(ours.decrypt(key, iv, expected)).contains(message);
    }
  }

  @Test
  void gcmCiphertextsAreEqual() throws InvalidCipherTextException {
    for (int i = 0; i < Oracle.scaled(500); i++) {
      byte[] key = bytes(32);
      byte[] nonce = bytes(12);
      byte[] associated = bytes(random.nextInt(50));
      byte[] message = bytes(random.nextInt(300));
      var theirs = GCMBlockCipher.newInstance(AESEngine.newInstance());
      theirs.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, associated));
      var expected = new byte[theirs.getOutputSize(message.length)];
      int length = theirs.processBytes(message, 0, message.length, expected, 0);
      theirs.doFinal(expected, length);
      var ours = new AesGcm(key);
      assertThat(ours.seal(nonce, associated, message)).as(Oracle.step(i)).isEqualTo(expected);
      assertThat(ours.open(nonce, associated, expected)).contains(message);
    }
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
