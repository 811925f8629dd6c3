package wildcat.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountId;
import wildcat.client.store.Outbox.Delivery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.protocol.bytes.Bytes;

class EndpointHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-04T09:00:00Z");
  private static final Outcome.Failed FAILURE =
      new Outcome.Failed("answered 500", false, Optional.empty());

  private final EndpointHealth health =
      new EndpointHealth(exact(Schedule.STANDARD), new Random(1), Optional.empty());

  @Test
  void aLoneEventIsTriedOnTheWholeScheduleAndThenDead() {
    Duration[] waits = {
      Duration.ofSeconds(5),
      Duration.ofMinutes(5),
      Duration.ofMinutes(30),
      Duration.ofHours(2),
      Duration.ofHours(5),
      Duration.ofHours(10),
      Duration.ofHours(14),
      Duration.ofHours(20),
      Duration.ofHours(24)
    };
    for (int attempts = 0; attempts < waits.length; attempts++) {
      assertThat(fail(delivery(1, "chat", attempts)))
          .contains(new Settlement.Retry(1, attempts + 1, NOW.plus(waits[attempts])));
    }
    assertThat(fail(delivery(1, "chat", 9))).contains(new Settlement.Dead(1, 10, "answered 500"));
  }

  @Test
  void anEventThatFailsWhileOthersPassIsGivenUpAfterFiveTriesWithinAQuarterOfAnHour() {
    fail(delivery(1, "chat", 0));
    health.accepted(delivery(2, "other", 0));
    assertThat(fail(delivery(1, "chat", 1)))
        .contains(new Settlement.Retry(1, 2, NOW.plus(Duration.ofMinutes(1))));
    assertThat(fail(delivery(1, "chat", 2)))
        .contains(new Settlement.Retry(1, 3, NOW.plus(Duration.ofMinutes(4))));
    assertThat(fail(delivery(1, "chat", 3)))
        .contains(new Settlement.Retry(1, 4, NOW.plus(Duration.ofMinutes(9))));
    assertThat(fail(delivery(1, "chat", 4)))
        .contains(new Settlement.Dead(1, 5, "answered 500, while other events were accepted"));
  }

  @Test
  void anotherEventsSuccessBeforeTheFirstFailureProvesNothing() {
    health.accepted(delivery(2, "other", 0));
    fail(delivery(1, "chat", 0));
    assertThat(fail(delivery(1, "chat", 1)))
        .contains(new Settlement.Retry(1, 2, NOW.plus(Duration.ofMinutes(5))));
  }

  @Test
  void threeLanesInARowPauseTheEndpointAndASuccessEndsIt() {
    fail(delivery(1, "a", 0));
    fail(delivery(1, "a", 1));
    fail(delivery(2, "b", 0));
    assertThat(health.isPaused()).isFalse();
    fail(delivery(3, "c", 0));
    assertThat(health.pausedUntil()).contains(NOW.plusSeconds(5));
    assertThat(health.accepted(delivery(1, "a", 2))).isTrue();
    assertThat(health.isPaused()).isFalse();
    assertThat(health.reason()).isEmpty();
  }

  @Test
  void aSuccessBetweenStartsTheCountAnew() {
    fail(delivery(1, "a", 0));
    fail(delivery(2, "b", 0));
    health.accepted(delivery(3, "c", 0));
    fail(delivery(4, "d", 0));
    fail(delivery(5, "e", 0));
    assertThat(health.isPaused()).isFalse();
  }

  @Test
  void theSameChatOfAnotherAccountIsAnotherLane() {
    for (int i = 0; i < 3; i++) {
      var other =
          new Delivery(
              "wh",
              i,
              new AccountId("account" + i),
              "chat",
              "evt",
              "t",
              Bytes.empty(),
              0,
              NOW,
              false);
      health.failed(other, FAILURE, NOW, false, true);
    }
    assertThat(health.isPaused()).isTrue();
  }

  @Test
  void probesComeLessAndLessOftenUpToAMinute() {
    pause();
    Instant now = NOW;
    for (int seconds : new int[] {10, 20, 40, 60, 60}) {
      now = health.pausedUntil().orElseThrow();
      health.failed(delivery(1, "a", 1), FAILURE, now, true, false);
      assertThat(health.pausedUntil()).contains(now.plusSeconds(seconds));
    }
  }

  @Test
  void aProbeBeforeItsTimeIsNoAttempt() {
    pause();
    assertThat(health.failed(delivery(1, "a", 1), FAILURE, NOW, true, false)).isEmpty();
  }

  @Test
  void failuresUnderWayWhenThePauseBeganDoNotLengthenIt() {
    pause();
    fail(delivery(4, "d", 0));
    fail(delivery(5, "e", 0));
    assertThat(health.pausedUntil()).contains(NOW.plusSeconds(5));
  }

  @Test
  void anAddressThatIsRefusedPausesAtOnceAndIsNeverTheEventsFault() {
    var refused = new Outcome.Failed("private", true, Optional.empty());
    health.failed(delivery(1, "a", 0), refused, NOW, false, true);
    assertThat(health.isPaused()).isTrue();
    health.accepted(delivery(2, "b", 0));
    assertThat(health.failed(delivery(1, "a", 4), refused, NOW, false, true))
        .contains(new Settlement.Retry(1, 5, NOW.plus(Duration.ofHours(5))));
  }

  @Test
  void theEndpointsWishToWaitIsHonoured() {
    var busy = new Outcome.Failed("answered 429", true, Optional.of(Duration.ofMinutes(7)));
    assertThat(health.failed(delivery(1, "a", 0), busy, NOW, false, true))
        .contains(new Settlement.Retry(1, 1, NOW.plus(Duration.ofMinutes(7))));
    assertThat(health.pausedUntil()).contains(NOW.plus(Duration.ofMinutes(7)));
  }

  @Test
  void aWishShorterThanTheScheduleDoesNotShortenIt() {
    var busy = new Outcome.Failed("answered 503", false, Optional.of(Duration.ofSeconds(1)));
    assertThat(health.failed(delivery(1, "a", 1), busy, NOW, false, true))
        .contains(new Settlement.Retry(1, 2, NOW.plus(Duration.ofMinutes(5))));
  }

  @Test
  void fiveDaysOfNothingButFailureAreHopeless() {
    fail(delivery(1, "a", 0));
    assertThat(health.isHopeless(NOW.plus(Duration.ofDays(5)).minusSeconds(1))).isFalse();
    assertThat(health.isHopeless(NOW.plus(Duration.ofDays(5)))).isTrue();
    health.accepted(delivery(1, "a", 1));
    assertThat(health.isHopeless(NOW.plus(Duration.ofDays(6)))).isFalse();
  }

  @Test
  void jitterOnlyLengthens() {
    var schedule = Schedule.STANDARD;
    var random = new Random(2);
    for (int i = 0; i < 1_000; i++) {
      assertThat(schedule.jittered(Duration.ofMinutes(10), random))
          .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    }
  }

  private void pause() {
    fail(delivery(1, "a", 0));
    fail(delivery(2, "b", 0));
    fail(delivery(3, "c", 0));
    assertThat(health.isPaused()).isTrue();
  }

  private Optional<Settlement> fail(Delivery delivery) {
    return health.failed(delivery, FAILURE, NOW, false, true);
  }

  private static Delivery delivery(long position, String lane, int attempts) {
    return new Delivery(
        "wh", position, new AccountId("a"), lane, "evt", "t", Bytes.empty(), attempts, NOW, false);
  }

  static Schedule exact(Schedule schedule) {
    return new Schedule(
        schedule.delays(),
        schedule.delaysAlone(),
        schedule.probeFirst(),
        schedule.probeLast(),
        schedule.lanesToPause(),
        schedule.answerLimit(),
        schedule.disableAfter(),
        0);
  }
}
