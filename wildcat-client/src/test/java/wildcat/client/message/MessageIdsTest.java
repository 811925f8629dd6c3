package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  @Test
  void idIsTheHashOfTimeUserAndSalt() {
    RandomGenerator salt =
        new Random() {
          private static final long serialVersionUID = 1;

          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(
                HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"), 0, bytes, 0, 16);
          }
        };

    // printf '0000000068a6e180%s000102030405060708090a0b0c0d0e0f' "$(printf 15551234567@c.us | xxd
    // -p)"
    //   | xxd -r -p | sha256sum
    assertThat(MessageIds.next(Instant.ofEpochSecond(0x68a6e180L), "15551234567", salt).value())
        .isEqualTo("3EB06928BE343E3364A8EA");
  }
}
