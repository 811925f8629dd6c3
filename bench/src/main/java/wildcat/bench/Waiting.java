package wildcat.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waiting for what another process does.
final class Waiting {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Waiting() {}

  interface Condition {
    boolean isMet() throws Exception;
  }

  /// @throws IllegalStateException it did not come true within three minutes
  static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
