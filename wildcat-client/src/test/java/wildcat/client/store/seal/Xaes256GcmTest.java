package wildcat.client.store.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors of C2SP, "XAES-256-GCM", version 1: in the first the top bit of L is 0, in the second 1.
class Xaes256GcmTest {
  private static final byte[] NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
  private static final byte[] PLAINTEXT = ascii("XAES-256-GCM");

  private final Xaes256Gcm cipher = new Xaes256Gcm();

  @ParameterizedTest
  @CsvSource({
    "01, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
    "03, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d",
  })
  void theVectorsOfTheSpecificationHold(String keyByte, String aad, String sealed)
      throws Exception {
    SecretKeySpec key = key(keyByte);

    assertThat(cipher.seal(key, NONCE, PLAINTEXT, ascii(aad)))
        .isEqualTo(HexFormat.of().parseHex(sealed));
    assertThat(cipher.open(key, NONCE, HexFormat.of().parseHex("ff" + sealed), 1, ascii(aad)))
        .isEqualTo(PLAINTEXT);
  }

  @Test
  void whatIsChangedDoesNotOpen() {
    SecretKeySpec key = key("01");
    byte[] sealed = cipher.seal(key, NONCE, PLAINTEXT, ascii("row 1"));
    byte[] otherNonce = NONCE.clone();
    otherNonce[0] ^= 1;

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatExceptionOfType(AEADBadTagException.class)
          .isThrownBy(() -> cipher.open(key, NONCE, changed, 0, ascii("row 1")));
    }
    assertThatExceptionOfType(AEADBadTagException.class)
        .isThrownBy(() -> cipher.open(key, NONCE, sealed, 0, ascii("row 2")));
    assertThatExceptionOfType(AEADBadTagException.class)
        .isThrownBy(() -> cipher.open(key, otherNonce, sealed, 0, ascii("row 1")));
    assertThatExceptionOfType(AEADBadTagException.class)
        .isThrownBy(() -> cipher.open(key("02"), NONCE, sealed, 0, ascii("row 1")));
  }

  private static SecretKeySpec key(String byteInHex) {
    return new SecretKeySpec(HexFormat.of().parseHex(byteInHex.repeat(32)), "AES");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
