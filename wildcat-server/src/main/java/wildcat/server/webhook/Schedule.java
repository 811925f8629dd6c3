package wildcat.server.webhook;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// When deliveries are tried again.
///
/// @param delays before the first, second, … attempt; when they are used up the event is a dead letter
/// @param delaysAlone the same for an event that fails while others of its webhook pass: it is the event's
///     fault then, and the chat behind it must not wait for days
/// @param probeFirst the pause before the first probe of an endpoint that fails as a whole; doubles each time
/// @param probeLast the longest pause between probes
/// @param lanesToPause so many chats must fail in a row before the endpoint counts as failing as a whole
/// @param answerLimit for one attempt
/// @param disableAfter so long nothing but failure disables the webhook
/// @param jitter the share of a delay by which it may grow at random, 0 to 1
public record Schedule(
    List<Duration> delays,
    List<Duration> delaysAlone,
    Duration probeFirst,
    Duration probeLast,
    int lanesToPause,
    Duration answerLimit,
    Duration disableAfter,
    double jitter) {

  public static final Schedule STANDARD =
      new Schedule(
          List.of(
              Duration.ZERO,
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)),
          List.of(
              Duration.ZERO,
              Duration.ofSeconds(5),
              Duration.ofMinutes(1),
              Duration.ofMinutes(4),
              Duration.ofMinutes(9)),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          3,
          Duration.ofSeconds(15),
          Duration.ofDays(5),
          0.1);

  public Schedule {
    delays = List.copyOf(delays);
    delaysAlone = List.copyOf(delaysAlone);
    if (delays.isEmpty() || delaysAlone.isEmpty() || jitter < 0 || jitter > 1) {
      throw new IllegalArgumentException("a schedule needs attempts, and a jitter of 0 to 1");
    }
  }

  Duration jittered(Duration delay, RandomGenerator random) {
    return jitter == 0
        ? delay
        : delay.plusMillis((long) (delay.toMillis() * jitter * random.nextDouble()));
  }

  Duration probeDelay(int probesBefore) {
    Duration delay = probeFirst.multipliedBy(1L << Math.min(probesBefore, 20));
    return delay.compareTo(probeLast) > 0 ? probeLast : delay;
  }
}
