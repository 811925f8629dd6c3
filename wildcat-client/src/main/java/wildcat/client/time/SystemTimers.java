package wildcat.client.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The timers of a process: one daemon thread for all accounts.
///
/// A queue ordered by time instead of a wheel with ticks: exact, silent while nothing is due, and taking a
/// timer back frees it at once, which matters because nearly every timer of a request is taken back.
/// After [#close] nothing runs any more and new tasks are dropped.
public final class SystemTimers implements Timers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

  private final ScheduledThreadPoolExecutor executor;

  public SystemTimers() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("wildcat-timers").factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setRejectedExecutionHandler((_, _) -> {});
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Future<?> waiting =
        executor.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> waiting.cancel(false);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.atError().setCause(e).log("a timer's task failed");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
