package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import wildcat.protocol.node.Node;

final class LoginTest {
  @Test
  void unifiedSessionIsTheTimeOfTheWeekThreeDaysAhead() {
    // the epoch was a Thursday; 1970-01-05 was a Monday, 4 d later: 4 d + 3 d = a whole week
    assertThat(id("1970-01-05T00:00:00Z")).isZero();
    assertThat(id("1970-01-05T00:00:01Z")).isEqualTo(1_000);
    assertThat(id("1970-01-04T23:59:59.999Z")).isEqualTo(7 * 86_400_000L - 1);
    // a Wednesday noon in 2026: 2.5 d after Monday
    assertThat(id("2026-11-25T12:00:00Z")).isEqualTo(216_000_000);
  }

  private static long id(String time) {
    return Login.unifiedSession(Instant.parse(time))
        .child("unified_session")
        .flatMap(n -> n.number("id"))
        .orElseThrow();
  }

  @Test
  void clockOffsetIsWhatTheServerIsAhead() {
    Instant now = Instant.ofEpochSecond(1_000_000, 500_000_000);
    assertThat(offset("1000090", now)).isEqualTo(Duration.ofMillis(89_500));
    assertThat(offset("999900", now)).isEqualTo(Duration.ofMillis(-100_500));
  }

  @Test
  void lessThanASecondIsNoOffset() {
    Instant now = Instant.ofEpochSecond(1_000_000, 999_000_000);
    assertThat(offset("1000000", now)).isZero();
  }

  @Test
  void impossibleTimesAreIgnored() {
    Instant now = Instant.ofEpochSecond(1_000_000);
    assertThat(offset("", now)).isZero();
    assertThat(offset("-5", now)).isZero();
    assertThat(offset("9223372036854775807", now)).isZero();
  }

  private static Duration offset(String t, Instant now) {
    return Login.clockOffset(Node.of("success").with("t", t), now);
  }
}
