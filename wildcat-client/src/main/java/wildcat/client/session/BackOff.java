package wildcat.client.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The distance to the next attempt: uniform between nothing and a ceiling that doubles with every failure
/// (full jitter), so that accounts which fail together do not come back together. For one thread.
final class BackOff {
  static final Duration FIRST_CEILING = Duration.ofSeconds(1);
  static final Duration LAST_CEILING = Duration.ofMinutes(5);

  private final RandomGenerator random;
  private int failures;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    // 1 s doubled nine times is above the last ceiling
    long ceilingMillis =
        Math.min(FIRST_CEILING.toMillis() << Math.min(failures, 9), LAST_CEILING.toMillis());
    failures++;
    return Duration.ofMillis(random.nextLong(ceilingMillis + 1));
  }

  void reset() {
    failures = 0;
  }
}
