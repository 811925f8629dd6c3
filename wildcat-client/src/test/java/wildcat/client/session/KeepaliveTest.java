package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import wildcat.client.time.ManualTime;

final class KeepaliveTest {
  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final Line line = new Line();
  private final Keepalive keepalive =
      new Keepalive(time, RandomGenerator.of("L64X128MixRandom"), line);

  private final class Line implements Keepalive.Line {
    final List<Long> pingedAtSeconds = new ArrayList<>();
    boolean answers = true;
    boolean requestPending;
    boolean paused;
    String dead = "";
    Runnable lastAnswer = () -> {};

    @Override
    public boolean requestPending() {
      return requestPending;
    }

    @Override
    public boolean paused() {
      return paused;
    }

    @Override
    public void ping(Runnable answered) {
      pingedAtSeconds.add(time.instant().getEpochSecond());
      lastAnswer = answered;
      if (answers) {
        keepalive.heard();
        answered.run();
      }
    }

    @Override
    public void dead(String reason) {
      dead = reason;
      keepalive.stop();
    }
  }

  @Test
  void pingsEveryTwentyToThirtySeconds() {
    keepalive.start();
    time.advance(Duration.ofHours(1));
    assertThat(line.pingedAtSeconds).hasSizeBetween(120, 180);
    for (int i = 1; i < line.pingedAtSeconds.size(); i++) {
      assertThat(line.pingedAtSeconds.get(i) - line.pingedAtSeconds.get(i - 1)).isBetween(19L, 31L);
    }
    assertThat(line.pingedAtSeconds.stream().distinct().count()).isGreaterThan(100);
    assertThat(line.dead).isEmpty();
  }

  @Test
  void skipsThePingWhileARequestWaits() {
    line.requestPending = true;
    keepalive.start();
    time.advance(Duration.ofSeconds(30));
    assertThat(line.pingedAtSeconds).isEmpty();
    keepalive.heard();
    line.requestPending = false;
    time.advance(Duration.ofSeconds(30));
    assertThat(line.pingedAtSeconds).isNotEmpty();
  }

  @Test
  void silentLinkIsDeadWithinNinetySeconds() {
    line.answers = false;
    keepalive.start();
    keepalive.heard();
    time.advance(Duration.ofSeconds(59));
    assertThat(line.dead).isEmpty();
    time.advance(Duration.ofSeconds(31));
    assertThat(line.dead).contains("2 intervals");
    assertThat(time.waiting()).isZero();
  }

  @Test
  void silentLinkIsDeadEvenWhenRequestsHideThePings() {
    line.requestPending = true;
    keepalive.start();
    time.advance(Duration.ofSeconds(60));
    assertThat(line.dead).contains("2 intervals");
  }

  @Test
  void threePingsWithoutAnswerKillALinkOnWhichOtherThingsArrive() {
    line.answers = false;
    keepalive.start();
    for (int i = 0; i < 120 && line.dead.isEmpty(); i++) {
      keepalive.heard();
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(line.dead).contains("3 pings");
    assertThat(line.pingedAtSeconds).hasSizeBetween(3, 4);
  }

  @Test
  void lateAnswerCountsFromThenOn() {
    line.answers = false;
    keepalive.start();
    for (int i = 0; i < 300; i++) {
      keepalive.heard();
      time.advance(Duration.ofSeconds(1));
      if (i % 45 == 44) {
        line.lastAnswer.run();
      }
    }
    assertThat(line.dead).isEmpty();
  }

  @Test
  void silenceSaysNothingWhileTheSocketIsNotRead() {
    line.answers = false;
    line.paused = true;
    keepalive.start();
    time.advance(Duration.ofMinutes(10));
    assertThat(line.dead).isEmpty();
    assertThat(line.pingedAtSeconds).hasSizeGreaterThan(15);
    line.paused = false;
    time.advance(Duration.ofSeconds(90));
    assertThat(line.dead).isNotEmpty();
  }

  @Test
  void stoppedKeepaliveLeavesNoTimer() {
    keepalive.start();
    time.advance(Duration.ofMinutes(1));
    keepalive.stop();
    keepalive.start();
    assertThat(time.waiting()).isZero();
  }
}
