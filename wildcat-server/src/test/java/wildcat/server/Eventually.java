package wildcat.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for a condition that other threads bring about.
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Eventually() {}

  /// A condition that may fail to be computed.
  public interface Condition {
    boolean isMet() throws Exception;
  }

  public static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
