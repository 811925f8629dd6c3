package wildcat.client.time;

import java.time.Duration;

/// Runs short tasks later: one shared wheel in production, moved by hand in tests.
public interface Timers {
  /// Runs `task` once after `delay`. The task runs on the timer's own thread: it must be short and must
  /// not block; it may start a virtual thread.
  Timer after(Duration delay, Runnable task);

  /// A task that waits.
  interface Timer extends AutoCloseable {
    /// Takes the task back. No effect when it has run or is running.
    @Override
    void close();
  }
}
