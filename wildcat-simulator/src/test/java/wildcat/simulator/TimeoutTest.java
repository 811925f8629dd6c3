package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeoutTest {
  /// Stands still until it is told to go on.
  private static final class ManualClock extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    void advance(Duration by) {
      now.updateAndGet(instant -> instant.plus(by));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  private final ManualClock clock = new ManualClock();
  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults().withClock(clock));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aClientThatDoesNotShakeHandsIsCutAfterTwentySeconds() throws Exception {
    try (RawClient client = RawClient.connect(simulator)) {
      clock.advance(Duration.ofSeconds(21));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aClientThatIsNotLinkedIsCutAfterThreeMinutes() throws Exception {
    try (RawClient client = new RawDevice(1).register(simulator)) {
      assertThat(client.next().tag()).isEqualTo("iq");
      clock.advance(Duration.ofSeconds(181));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aSilentDeviceIsCutAfterNinetySecondsAndOneThatPingsIsNot() throws Exception {
    RawDevice quiet = RawDevice.linked(simulator, simulator.phone("Ann"), 1);
    RawDevice lively = RawDevice.linked(simulator, simulator.phone("Bob"), 2);
    try (RawClient silent = quiet.login(simulator);
        RawClient pinging = lively.login(simulator)) {
      silent.next("success");
      pinging.next("success");
      clock.advance(Duration.ofSeconds(60));
      pinging.request(RawClient.iq("1", "get", "w:p"));
      clock.advance(Duration.ofSeconds(40));
      assertThat(silent.isClosed()).isTrue();
      assertThat(pinging.request(RawClient.iq("2", "get", "w:p")).text("type")).isEqualTo("result");
    }
  }
}
