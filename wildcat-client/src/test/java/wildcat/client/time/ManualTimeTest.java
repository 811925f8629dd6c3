package wildcat.client.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManualTimeTest {
  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final List<String> ran = new ArrayList<>();

  private void note(String name) {
    ran.add(name + "@" + time.instant().toEpochMilli());
  }

  @Test
  void tasksRunAtTheirTimeInOrder() {
    var _ = time.after(Duration.ofMillis(30), () -> note("c"));
    var _ = time.after(Duration.ofMillis(10), () -> note("a"));
    var _ = time.after(Duration.ofMillis(10), () -> note("b"));
    time.advance(Duration.ofMillis(29));
    assertThat(ran).containsExactly("a@10", "b@10");
    time.advance(Duration.ofMillis(1));
    assertThat(ran).containsExactly("a@10", "b@10", "c@30");
  }

  @Test
  void taskMadeByATaskRunsInTheSameAdvance() {
    var _ =
        time.after(
            Duration.ofMillis(10),
            () -> {
              var _ = time.after(Duration.ofMillis(5), () -> note("inner"));
            });
    time.advance(Duration.ofMillis(20));
    assertThat(ran).containsExactly("inner@15");
    assertThat(time.instant().toEpochMilli()).isEqualTo(20);
  }

  @Test
  void closedTaskDoesNotRun() {
    time.after(Duration.ofMillis(10), () -> note("a")).close();
    assertThat(time.waiting()).isZero();
    time.advance(Duration.ofMillis(20));
    assertThat(ran).isEmpty();
  }
}
