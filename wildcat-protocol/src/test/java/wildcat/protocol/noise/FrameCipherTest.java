package wildcat.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameCipherTest {
  @Test
  void twoConnectionsWithTheSameKeysSealTheSameFrames() {
    var key = new byte[32];
    var first = new FrameCipher(key);
    var second = new FrameCipher(key); // a second run of a simulation from the same seed
    for (int frame = 0; frame < 3; frame++) {
      var plaintext = new byte[] {(byte) frame};
      assertThat(second.seal(plaintext)).isEqualTo(first.seal(plaintext));
    }
  }
}
