package wildcat.server.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import wildcat.client.store.Outbox.Delivery;
import wildcat.client.store.Outbox.Settlement;

/// Judges one endpoint by what came of its attempts: whose fault a failure is, when to try again, when to
/// pause as a whole, when to give up. Not thread-safe.
final class EndpointHealth {
  private static final int MAX_REMEMBERED = 10_000;

  private final Schedule schedule;
  private final RandomGenerator random;
  private final Set<String> failedLanes = new HashSet<>();
  private final Map<Long, Long> passedBefore = new LinkedHashMap<>();
  private long passed;
  private int probes;
  private @Nullable Instant failingSince;
  private @Nullable Instant pausedUntil;
  private String reason = "";

  EndpointHealth(Schedule schedule, RandomGenerator random, Optional<Instant> failingSince) {
    this.schedule = schedule;
    this.random = random;
    this.failingSince = failingSince.orElse(null);
  }

  boolean isPaused() {
    return pausedUntil != null;
  }

  Optional<Instant> pausedUntil() {
    return Optional.ofNullable(pausedUntil);
  }

  Optional<Instant> failingSince() {
    return Optional.ofNullable(failingSince);
  }

  /// Of the last failure; "" after a success.
  String reason() {
    return reason;
  }

  /// @return whether a pause ended with it
  boolean accepted(Delivery delivery) {
    boolean resumed = isPaused();
    passed++;
    passedBefore.remove(delivery.position());
    failedLanes.clear();
    failingSince = null;
    pausedUntil = null;
    probes = 0;
    reason = "";
    return resumed;
  }

  /// Whether others have passed since this one first failed: then it is the event's own fault.
  boolean isAlone(long position) {
    Long before = passedBefore.get(position);
    return before != null && passed > before;
  }

  /// @param probe whether it was tried while the endpoint was paused
  /// @param counts whether its time had come; a probe before its time is no attempt
  /// @return what becomes of the event, or empty when all stays as it was
  Optional<Settlement> failed(
      Delivery delivery, Outcome.Failed failure, Instant now, boolean probe, boolean counts) {
    reason = failure.reason();
    if (failingSince == null) {
      failingSince = now;
    }
    failedLanes.add(delivery.account() + " " + delivery.lane());
    if (isPaused() || failure.endpointWide() || failedLanes.size() >= schedule.lanesToPause()) {
      pause(now, probe, failure.retryAfter());
    }
    return counts ? Optional.of(settlement(delivery, failure, now)) : Optional.empty();
  }

  boolean isHopeless(Instant now) {
    return failingSince != null && !now.isBefore(failingSince.plus(schedule.disableAfter()));
  }

  private void pause(Instant now, boolean probe, Optional<Duration> retryAfter) {
    if (!isPaused()) {
      probes = 0;
    } else if (probe) {
      probes++;
    }
    Duration wait = schedule.jittered(schedule.probeDelay(probes), random);
    if (retryAfter.isPresent() && retryAfter.get().compareTo(wait) > 0) {
      wait = retryAfter.get();
    }
    Instant until = now.plus(wait);
    if (pausedUntil == null || until.isAfter(pausedUntil)) {
      pausedUntil = until;
    }
  }

  private Settlement settlement(Delivery delivery, Outcome.Failed failure, Instant now) {
    int attempts = delivery.attempts() + 1;
    long position = delivery.position();
    remember(position);
    boolean alone = isAlone(position) && !failure.endpointWide();
    var delays = alone ? schedule.delaysAlone() : schedule.delays();
    if (attempts >= delays.size()) {
      passedBefore.remove(position);
      return new Settlement.Dead(
          position,
          attempts,
          failure.reason() + (alone ? ", while other events were accepted" : ""));
    }
    Duration wait = schedule.jittered(delays.get(attempts), random);
    if (failure.retryAfter().isPresent() && failure.retryAfter().get().compareTo(wait) > 0) {
      wait = failure.retryAfter().get();
    }
    return new Settlement.Retry(position, attempts, now.plus(wait));
  }

  private void remember(long position) {
    if (passedBefore.size() >= MAX_REMEMBERED) {
      passedBefore.remove(passedBefore.keySet().iterator().next());
    }
    passedBefore.putIfAbsent(position, passed);
  }
}
