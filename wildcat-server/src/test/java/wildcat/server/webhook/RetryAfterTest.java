package wildcat.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-04T09:00:00Z");

  @Test
  void secondsAndDatesAreUnderstood() {
    assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Wed, 04 Nov 2026 09:00:30 GMT", NOW))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void thePastIsNow() {
    assertThat(RetryAfter.parse("Wed, 04 Nov 2026 08:00:00 GMT", NOW)).contains(Duration.ZERO);
  }

  @Test
  void moreThanADayIsNotBelieved() {
    assertThat(RetryAfter.parse("86400", NOW)).contains(Duration.ofDays(1));
    assertThat(RetryAfter.parse("86401", NOW)).contains(Duration.ofDays(1));
    assertThat(RetryAfter.parse("999999999", NOW)).contains(Duration.ofDays(1));
  }

  @Test
  void nonsenseIsAbsent() {
    assertThat(RetryAfter.parse("soon", NOW)).isEmpty();
    assertThat(RetryAfter.parse("-1", NOW)).isEmpty();
    assertThat(RetryAfter.parse("", NOW)).isEmpty();
  }
}
