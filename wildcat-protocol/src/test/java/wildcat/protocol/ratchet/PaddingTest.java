package wildcat.protocol.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaddingTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void paddingHasOneTo16BytesOfItsOwnLength() throws CannotDecrypt {
    byte[] message = {1, 2, 3};
    var counts = new TreeSet<Integer>();
    var random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      byte[] padded = Padding.pad(message, random);
      int count = padded.length - message.length;
      counts.add(count);
      for (int at = message.length; at < padded.length; at++) {
        assertThat(padded[at]).isEqualTo((byte) count);
      }
      assertThat(Padding.unpad(padded)).isEqualTo(message);
    }
    assertThat(counts).hasSize(16).startsWith(1).endsWith(16);
  }

  @ParameterizedTest
  @CsvSource({
    "0a0568656c6c6f0202, 0a0568656c6c6f", // the vector's plaintext
    "0a0101, 0a01",
    "01, ''", // nothing but padding
    "00ff03, ''", // more than we would choose, all of it padding
  })
  void takesWhatPeersMaySend(String plaintext, String message) throws CannotDecrypt {
    assertThat(HEX.formatHex(Padding.unpad(HEX.parseHex(plaintext)))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0a00", "0103", "ff"})
  void refusesAnImpossibleCount(String plaintext) {
    assertThatThrownBy(() -> Padding.unpad(HEX.parseHex(plaintext)))
        .isInstanceOfSatisfying(
            CannotDecrypt.class,
            e -> assertThat(e.reason()).isEqualTo(CannotDecrypt.Reason.MALFORMED));
  }
}
