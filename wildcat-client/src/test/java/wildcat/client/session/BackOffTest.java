package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackOffTest {
  /// Always the largest number allowed.
  private static final class Highest implements RandomGenerator {
    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  @Test
  void ceilingDoublesFromOneSecondToFiveMinutes() {
    var backOff = new BackOff(new Highest());
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      seconds.add(backOff.next().toSeconds());
    }
    assertThat(seconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
  }

  @Test
  void delaysFillTheWholeRangeBelowTheCeiling() {
    var random = RandomGenerator.of("L64X128MixRandom");
    int below = 0;
    for (int i = 0; i < 1_000; i++) {
      var backOff = new BackOff(random);
      Duration delay = backOff.next();
      assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(1));
      below += delay.toMillis() < 500 ? 1 : 0;
    }
    assertThat(below).isBetween(400, 600);
  }

  @Test
  void resetBeginsAnew() {
    var backOff = new BackOff(new Highest());
    backOff.next();
    backOff.next();
    backOff.reset();
    assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(1));
  }
}
