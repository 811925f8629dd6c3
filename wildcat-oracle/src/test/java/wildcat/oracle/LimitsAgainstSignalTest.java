package wildcat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wildcat.protocol.bytes.Bytes;

/// The limits both implementations share, at the limit and one above.
@Timeout(120)
class LimitsAgainstSignalTest {
  private static final Bytes TEXT = Bytes.ofUtf8("text");
  private static final Outcome OPENED = new Outcome.Opened(TEXT);
  private static final Outcome DUPLICATE = new Outcome.Duplicate();

  private final StepRandom stepRandom = new StepRandom();
  private final Random random = new Random(Oracle.seed());
  private final AutoCloseable installed = stepRandom.install();
  private final Twin a = new Twin(stepRandom, random);
  private final Twin b = new Twin(stepRandom, random);

  @BeforeEach
  void acquaint() throws Exception {
    a.initiate(b.bundle(true));
    b.receive(a.send(TEXT));
    a.receive(b.send(TEXT));
  }

  @AfterEach
  void uninstall() throws Exception {
    installed.close();
  }

  @Test
  void aGapOf2000MessagesIsBridgedAndEachOfThemStaysReadable() throws Exception {
    List<Packet> unseen = unseen(2_000);
    assertThat(b.receive(a.send(TEXT))).isEqualTo(OPENED);
    assertThat(b.receive(unseen.get(0))).isEqualTo(OPENED);
    assertThat(b.receive(unseen.get(1_999))).isEqualTo(OPENED);
    assertThat(b.receive(unseen.get(0))).isEqualTo(DUPLICATE);
  }

  @Test
  void theOldestOfMoreThan2000SeedsIsForgotten() throws Exception {
    List<Packet> early = unseen(1_500);
    assertThat(b.receive(a.send(TEXT))).isEqualTo(OPENED);
    unseen(600);
    assertThat(b.receive(a.send(TEXT))).isEqualTo(OPENED);
    assertThat(b.receive(early.get(99))).isEqualTo(DUPLICATE);
    assertThat(b.receive(early.get(100))).isEqualTo(OPENED);
  }

  @Test
  void theFirstOfSixChainsIsForgotten() throws Exception {
    List<Packet> unseen = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      assertThat(a.receive(b.send(TEXT))).isEqualTo(OPENED);
      unseen.add(a.send(TEXT));
      assertThat(b.receive(a.send(TEXT))).isEqualTo(OPENED);
    }
    assertThat(b.receive(unseen.get(0))).isEqualTo(new Outcome.Refused());
    assertThat(b.receive(unseen.get(1))).isEqualTo(OPENED);
  }

  @Test
  void theFirstOf41ArchivedStatesIsForgotten() throws Exception {
    List<Packet> unseen = new ArrayList<>();
    for (int i = 0; i < 42; i++) {
      a.initiate(b.bundle(true));
      assertThat(b.receive(a.send(TEXT))).isEqualTo(OPENED);
      unseen.add(a.send(TEXT));
    }
    assertThat(b.receive(unseen.get(0))).isEqualTo(new Outcome.UnknownPreKey());
    assertThat(b.receive(unseen.get(1))).isEqualTo(OPENED);
  }

  private List<Packet> unseen(int count) throws Exception {
    var unseen = new ArrayList<Packet>(count);
    for (int i = 0; i < count; i++) {
      unseen.add(a.send(TEXT));
    }
    return unseen;
  }
}
