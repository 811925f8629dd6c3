package wildcat.client.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SystemTimersTest {
  @Test
  void taskRunsAfterItsDelay() throws Exception {
    try (var timers = new SystemTimers()) {
      long start = System.nanoTime();
      var ran = new CountDownLatch(1);
      var _ = timers.after(Duration.ofMillis(20), ran::countDown);
      assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    }
  }

  @Test
  void failedTaskDoesNotHarmTheNext() throws Exception {
    try (var timers = new SystemTimers()) {
      var ran = new CountDownLatch(1);
      var _ =
          timers.after(
              Duration.ZERO,
              () -> {
                throw new IllegalStateException("planted");
              });
      var _ = timers.after(Duration.ofMillis(1), ran::countDown);
      assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closedTaskDoesNotRun() throws Exception {
    try (var timers = new SystemTimers()) {
      var count = new AtomicInteger();
      var later = new CountDownLatch(1);
      timers.after(Duration.ofMillis(5), count::incrementAndGet).close();
      var _ = timers.after(Duration.ofMillis(30), later::countDown);
      assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(count).hasValue(0);
    }
  }

  @Test
  void closedTimersDropWhatComes() {
    var timers = new SystemTimers();
    timers.close();
    timers.after(Duration.ZERO, () -> {}).close();
  }
}
