package wildcat.protocol.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wildcat.protocol.jid.Jid;

class MessageIdsTest {
  private static final Jid OWN = Jid.pn("15551234567").withDevice(7);
  private static final Instant NOW = Instant.ofEpochSecond(1_755_768_000);

  /// 0, 1, 2, … as random bytes.
  private static RandomGenerator counting() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new AssertionError("only bytes are asked for");
      }

      @Override
      public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) i;
        }
      }
    };
  }

  /// The expected value is Python's: sha256(pack(">Q", 1755768000) + b"15551234567@c.us" + range(16)).
  @Test
  void anIdHashesTimeSenderAndRandomness() {
    assertThat(MessageIds.next(OWN, NOW, counting())).isEqualTo("3EB06E93EECA8869B998F8");
  }

  @Test
  void anIdIsPackedOnTheWire() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      String id = MessageIds.next(OWN, NOW, random);
      assertThat(id).matches("3EB0[0-9A-F]{18}");
      assertThat(NodeWriter.write(Node.of("ack").with("id", id))).hasSize(5 + 2 + 11);
    }
  }

  @Test
  void idsOfOneSecondDiffer() {
    var random = new SplittableRandom(2);
    assertThat(MessageIds.next(OWN, NOW, random)).isNotEqualTo(MessageIds.next(OWN, NOW, random));
  }
}
