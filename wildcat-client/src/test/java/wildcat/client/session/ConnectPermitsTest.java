package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wildcat.client.time.ManualTime;

final class ConnectPermitsTest {
  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final List<Long> grantedAtMillis = new ArrayList<>();

  private void request(ConnectPermits permits) {
    var _ = permits.request(() -> grantedAtMillis.add(time.instant().toEpochMilli()));
  }

  @Test
  void firstIsServedAtOnce() {
    request(new ConnectPermits(time, 20));
    assertThat(grantedAtMillis).containsExactly(0L);
  }

  @Test
  void thousandAccountsAreServedTwentyASecond() {
    var permits = new ConnectPermits(time, 20);
    for (int i = 0; i < 1_000; i++) {
      request(permits);
    }
    time.advance(Duration.ofSeconds(50));
    assertThat(grantedAtMillis).hasSize(1_000);
    for (int i = 20; i < 1_000; i++) {
      assertThat(grantedAtMillis.get(i) - grantedAtMillis.get(i - 20))
          .isGreaterThanOrEqualTo(1_000);
    }
  }

  @Test
  void pauseGivesNoBurst() {
    var permits = new ConnectPermits(time, 10);
    time.advance(Duration.ofHours(1));
    request(permits);
    request(permits);
    request(permits);
    assertThat(grantedAtMillis).hasSize(1);
    time.advance(Duration.ofMillis(100));
    assertThat(grantedAtMillis).hasSize(2);
  }

  @Test
  void whoeverLeavesTheQueueIsNotServed() {
    var permits = new ConnectPermits(time, 10);
    request(permits);
    var place = permits.request(() -> grantedAtMillis.add(-1L));
    request(permits);
    place.close();
    time.advance(Duration.ofMillis(100));
    assertThat(grantedAtMillis).containsExactly(0L, 100L);
    assertThat(time.waiting()).isOne();
    time.advance(Duration.ofMillis(100));
    assertThat(time.waiting()).isZero();
  }

  @Test
  void rateOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new ConnectPermits(time, 0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new ConnectPermits(time, 1_001)).hasMessageContaining("not 1001");
  }
}
