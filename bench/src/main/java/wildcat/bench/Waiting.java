package wildcat.bench;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waiting for other processes.
final class Waiting {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int STOP_SECONDS = 60;
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

  /// Asks a process to end; forces it when it does not.
  static void end(Process process) {
    process.destroy();
    try {
      process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException _) {
      process.destroyForcibly().onExit().join();
    }
  }

  static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
