package wildcat.server.webhook;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.store.Outbox.Delivery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;
import wildcat.server.store.WebhookRow;

/// The deliveries to one webhook: of every lane (account and chat) one at a time, lanes side by side up to a
/// limit. While the endpoint fails as a whole only one event is tried now and then.
///
/// One thread at a time looks for work (the pump); it is started by [#wake] and ends when there is nothing
/// to do. Every attempt runs on a virtual thread of its own. A lane is free again only after the outbox has
/// the attempt's result on disk. Thread-safe.
final class Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");
  private static final Duration AFTER_STORE_FAILURE = Duration.ofSeconds(5);
  private static final int MAX_EXPEDITED = 1_000;

  private final String id;
  private final Dispatcher.Shared shared;
  private final Courier courier;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private EndpointHealth health;

  /// Whether the webhook was seen disabled: what was known of its health is worth nothing afterwards.
  @GuardedBy("lock")
  private boolean asleep;

  /// After a failure of the store nothing is sent for a while: its result could not be kept.
  @GuardedBy("lock")
  private Instant restUntil = Instant.MIN;

  /// Lanes with an attempt under way.
  @GuardedBy("lock")
  private final Map<String, Long> inFlight = new HashMap<>();

  /// What was settled while the pump was reading: its list may be older than that.
  @GuardedBy("lock")
  private final Set<Long> settledMeanwhile = new HashSet<>();

  @GuardedBy("lock")
  private boolean pumping;

  @GuardedBy("lock")
  private boolean again;

  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private Timers.@Nullable Timer timer;

  @GuardedBy("lock")
  private Instant timerAt = FAR;

  Endpoint(WebhookRow webhook, Dispatcher.Shared shared) {
    this.id = webhook.id();
    this.shared = shared;
    this.courier = new Courier(shared.egress(), shared.schedule().answerLimit(), shared.clock());
    this.health = newHealth(webhook);
  }

  private EndpointHealth newHealth(WebhookRow webhook) {
    return new EndpointHealth(
        shared.schedule(),
        shared.random(),
        Optional.ofNullable(webhook.failingSince()).map(Instant::parse));
  }

  /// Looks for work soon. Returns at once.
  void wake() {
    lock.lock();
    try {
      again = true;
      if (pumping || closed) {
        return;
      }
      pumping = true;
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("webhook-pump").start(this::pump);
  }

  Dispatcher.Health health() {
    lock.lock();
    try {
      return new Dispatcher.Health(health.isPaused(), health.reason(), health.failingSince());
    } finally {
      lock.unlock();
    }
  }

  boolean isIdle() {
    lock.lock();
    try {
      return inFlight.isEmpty() && !pumping;
    } finally {
      lock.unlock();
    }
  }

  /// Starts nothing more; what is under way ends by itself.
  void close() {
    lock.lock();
    try {
      closed = true;
      disarm();
    } finally {
      lock.unlock();
    }
  }

  private void pump() {
    while (true) {
      lock.lock();
      try {
        if (!again || closed) {
          pumping = false;
          return;
        }
        again = false;
        settledMeanwhile.clear();
      } finally {
        lock.unlock();
      }
      try {
        look();
      } catch (StoreFailed e) {
        LOG.atWarn().addKeyValue("webhook", id).log("webhook_outbox_unavailable: {}", message(e));
        rest();
      } catch (RuntimeException | Error e) {
        LOG.atError().addKeyValue("webhook", id).setCause(e).log("webhook_pump_failed");
        rest();
      }
    }
  }

  private void look() throws StoreFailed {
    Optional<WebhookRow> webhook = shared.webhooks().find(id);
    Instant now = shared.clock().instant();
    int busy;
    boolean probe;
    lock.lock();
    try {
      if (webhook.isEmpty() || webhook.get().disabled()) {
        asleep = true;
        return;
      }
      if (asleep) {
        asleep = false;
        health = newHealth(webhook.get());
      }
      if (restUntil.isAfter(now)) {
        arm(restUntil);
        return;
      }
      busy = inFlight.size();
      probe = health.isPaused();
      if (probe) {
        Instant until = health.pausedUntil().orElse(now);
        if (busy > 0) {
          return; // its end wakes again
        }
        if (until.isAfter(now)) {
          arm(until);
          return;
        }
      }
    } finally {
      lock.unlock();
    }
    if (busy >= shared.maxInFlight()) {
      return;
    }
    List<Delivery> due =
        probe
            ? shared.outbox().due(id, FAR, 1)
            : shared.outbox().due(id, now, busy + shared.maxInFlight());
    List<Delivery> started = start(due);
    for (Delivery delivery : started) {
      boolean counts = !delivery.notBefore().isAfter(now);
      Thread.ofVirtual()
          .name("webhook-delivery")
          .start(() -> attempt(webhook.get(), delivery, probe, counts));
    }
    if (started.isEmpty() && busy == 0) {
      shared.outbox().nextDue(id).ifPresent(this::arm);
    }
  }

  private List<Delivery> start(List<Delivery> due) {
    var started = new ArrayList<Delivery>();
    lock.lock();
    try {
      for (Delivery delivery : due) {
        if (closed || inFlight.size() >= shared.maxInFlight()) {
          break;
        }
        String lane = lane(delivery);
        if (!inFlight.containsKey(lane) && !settledMeanwhile.contains(delivery.position())) {
          inFlight.put(lane, delivery.position());
          started.add(delivery);
        }
      }
      shared.started(started.size());
    } finally {
      lock.unlock();
    }
    return started;
  }

  private void attempt(WebhookRow webhook, Delivery delivery, boolean probe, boolean counts) {
    try {
      shared.places().acquireUninterruptibly();
      Outcome outcome;
      try {
        outcome = courier.deliver(webhook, delivery);
      } finally {
        shared.places().release();
      }
      settle(delivery, outcome, probe, counts);
    } catch (StoreFailed e) {
      // the event stays owed: it will be delivered again, with the same id
      LOG.atWarn().addKeyValue("webhook", id).log("webhook_result_not_stored: {}", message(e));
      rest();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("webhook", id).setCause(e).log("webhook_attempt_failed");
      rest();
    } finally {
      free(delivery);
    }
  }

  private void free(Delivery delivery) {
    lock.lock();
    try {
      inFlight.remove(lane(delivery));
      settledMeanwhile.add(delivery.position());
    } finally {
      lock.unlock();
    }
    shared.ended();
    wake();
  }

  private void settle(Delivery delivery, Outcome outcome, boolean probe, boolean counts)
      throws StoreFailed, InterruptedException {
    switch (outcome) {
      case Outcome.Accepted _ -> accepted(delivery);
      case Outcome.Gone _ -> disable("the endpoint answered 410 Gone");
      case Outcome.Failed failure -> failed(delivery, failure, probe, counts);
    }
  }

  private void accepted(Delivery delivery) throws StoreFailed, InterruptedException {
    boolean resumed;
    boolean wasFailing;
    lock.lock();
    try {
      wasFailing = health.failingSince().isPresent();
      resumed = health.accepted(delivery);
    } finally {
      lock.unlock();
    }
    shared.outbox().settle(List.of(new Settlement.Delivered(delivery.position())));
    if (wasFailing && shared.webhooks().find(id).map(WebhookRow::failingSince).isPresent()) {
      shared.webhooks().failingSince(id, Optional.empty());
    }
    if (resumed) {
      LOG.atInfo().addKeyValue("webhook", id).log("webhook_resumed");
      expedite();
    }
  }

  /// What waits only because the endpoint was down need not wait longer.
  private void expedite() throws StoreFailed, InterruptedException {
    Instant now = shared.clock().instant();
    List<Delivery> waiting = shared.outbox().due(id, FAR, MAX_EXPEDITED);
    var settlements = new ArrayList<Settlement>();
    lock.lock();
    try {
      for (Delivery one : waiting) {
        if (one.notBefore().isAfter(now)
            && !inFlight.containsKey(lane(one))
            && !health.isAlone(one.position())) {
          settlements.add(new Settlement.Retry(one.position(), one.attempts(), now));
        }
      }
    } finally {
      lock.unlock();
    }
    if (!settlements.isEmpty()) {
      shared.outbox().settle(settlements);
    }
  }

  private void failed(Delivery delivery, Outcome.Failed failure, boolean probe, boolean counts)
      throws StoreFailed, InterruptedException {
    Instant now = shared.clock().instant();
    Optional<Settlement> settlement;
    boolean paused;
    boolean hopeless;
    Optional<Instant> since;
    lock.lock();
    try {
      if (closed) {
        return; // the attempt was broken off by us
      }
      boolean before = health.isPaused();
      settlement = health.failed(delivery, failure, now, probe, counts);
      paused = health.isPaused() && !before;
      hopeless = health.isHopeless(now);
      since = health.failingSince();
    } finally {
      lock.unlock();
    }
    report(delivery, failure, settlement, paused);
    if (settlement.isPresent()) {
      shared.outbox().settle(List.of(settlement.get()));
      if (settlement.get() instanceof Settlement.Retry retry) {
        arm(retry.notBefore());
      }
    }
    if (paused) {
      shared.webhooks().failingSince(id, since);
    }
    if (hopeless) {
      disable(
          "nothing but failure for %d days; the last one: %s"
              .formatted(shared.schedule().disableAfter().toDays(), failure.reason()));
    }
  }

  private void report(
      Delivery delivery, Outcome.Failed failure, Optional<Settlement> settlement, boolean paused) {
    if (settlement.isPresent()) {
      var line =
          LOG.atWarn()
              .addKeyValue("account", delivery.account())
              .addKeyValue("webhook", id)
              .addKeyValue("eventId", delivery.eventId())
              .addKeyValue("attempt", delivery.attempts() + 1);
      line.log(
          settlement.get() instanceof Settlement.Dead
              ? "webhook_event_dead: {}"
              : "webhook_send_failed: {}",
          failure.reason());
    }
    if (paused) {
      LOG.atWarn()
          .addKeyValue("webhook", id)
          .log("webhook_paused: the endpoint fails as a whole: {}", failure.reason());
    }
  }

  private void disable(String reason) throws StoreFailed, InterruptedException {
    shared.webhooks().disable(id, reason);
    LOG.atWarn().addKeyValue("webhook", id).log("webhook_disabled: {}", reason);
  }

  private void rest() {
    lock.lock();
    try {
      restUntil = shared.clock().instant().plus(AFTER_STORE_FAILURE);
      arm(restUntil);
    } finally {
      lock.unlock();
    }
  }

  private void arm(Instant at) {
    lock.lock();
    try {
      if (closed || (timer != null && !at.isBefore(timerAt))) {
        return;
      }
      disarm();
      Duration delay = Duration.between(shared.clock().instant(), at);
      timerAt = at;
      timer = shared.timers().after(delay.isNegative() ? Duration.ZERO : delay, this::ring);
    } finally {
      lock.unlock();
    }
  }

  private void ring() {
    lock.lock();
    try {
      timer = null;
      timerAt = FAR;
    } finally {
      lock.unlock();
    }
    wake();
  }

  @GuardedBy("lock")
  private void disarm() {
    if (timer != null) {
      timer.close();
      timer = null;
      timerAt = FAR;
    }
  }

  private static String lane(Delivery delivery) {
    return delivery.account() + " " + delivery.lane();
  }

  private static String message(StoreFailed e) {
    return e.getClass().getSimpleName();
  }
}
