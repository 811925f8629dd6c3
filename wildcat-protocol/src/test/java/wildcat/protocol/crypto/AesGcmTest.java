package wildcat.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AesGcmTest {
  private final AesGcm aes = new AesGcm(new byte[32]);
  private final byte[] nonce = new byte[12];
  private final byte[] associated = {1, 2};
  private final byte[] plaintext = {3, 4, 5};

  @Test
  void repeatingTheLastNonceIsRefused() {
    aes.seal(nonce, associated, plaintext);
    assertThatThrownBy(() -> aes.seal(nonce, associated, plaintext))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anyChangedBitIsNoticedAndTheEngineStaysUsable() {
    byte[] sealed = aes.seal(nonce, associated, plaintext);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThat(aes.open(nonce, associated, flipped)).isEmpty();
    }
    assertThat(aes.open(nonce, new byte[] {1, 3}, sealed)).isEmpty();
    assertThat(aes.open(nonce, associated, new byte[15])).isEmpty();
    assertThat(aes.open(nonce, associated, sealed)).contains(plaintext);
  }

  @Test
  void sizesOfKeyAndNonceAreChecked() {
    assertThatThrownBy(() -> new AesGcm(new byte[31]))
        .hasMessage("AES takes keys of 16, 24, 32 B, not 31");
    assertThatThrownBy(() -> aes.seal(new byte[16], associated, plaintext))
        .hasMessage("a nonce has 12 B, not 16");
  }
}
