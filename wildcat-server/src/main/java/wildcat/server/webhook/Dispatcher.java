package wildcat.server.webhook;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import wildcat.client.store.Outbox;
import wildcat.client.time.Timers;
import wildcat.server.egress.Egress;
import wildcat.server.store.WebhookRow;

/// Delivers what the outbox holds, to each webhook independently of all others. Thread-safe.
public final class Dispatcher {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Shared shared;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

  /// What all endpoints use.
  ///
  /// @param maxInFlight attempts under way per webhook
  /// @param places one per attempt under way in all
  record Shared(World world, Schedule schedule, int maxInFlight, Semaphore places, UnderWay count) {
    Outbox outbox() {
      return world.outbox();
    }

    Webhooks webhooks() {
      return world.webhooks();
    }

    Egress egress() {
      return world.egress();
    }

    Timers timers() {
      return world.timers();
    }

    InstantSource clock() {
      return world.clock();
    }

    RandomGenerator random() {
      return world.random();
    }

    void started(int attempts) {
      count.add(attempts);
    }

    void ended() {
      count.add(-1);
    }
  }

  /// Everything outside.
  public record World(
      Outbox outbox,
      Webhooks webhooks,
      Egress egress,
      Timers timers,
      InstantSource clock,
      RandomGenerator random) {}

  /// @param reason of the last failure; "" when all is well
  /// @param failingSince since when nothing was accepted
  public record Health(boolean paused, String reason, Optional<Instant> failingSince) {}

  /// @param maxInFlight attempts under way at once, per webhook
  /// @param maxInAll the same over all webhooks; what is above waits its turn
  public Dispatcher(World world, Schedule schedule, int maxInFlight, int maxInAll) {
    this.shared =
        new Shared(world, schedule, maxInFlight, new Semaphore(maxInAll, true), new UnderWay());
  }

  /// Takes up what an earlier run has left.
  public void start() {
    shared.webhooks().all().forEach(webhook -> wake(webhook.id()));
  }

  /// Something is owed to these webhooks. Returns at once.
  public void wake(Collection<String> ids) {
    ids.forEach(this::wake);
  }

  public void wake(String id) {
    Optional<WebhookRow> webhook = shared.webhooks().find(id);
    if (webhook.isEmpty()) {
      Endpoint gone = endpoints.remove(id);
      if (gone != null) {
        gone.close();
      }
      return;
    }
    endpoints.computeIfAbsent(id, _ -> new Endpoint(webhook.get(), shared)).wake();
  }

  /// Empty when nothing was delivered since the start.
  public Optional<Health> health(String id) {
    return Optional.ofNullable(endpoints.get(id)).map(Endpoint::health);
  }

  /// Whether nothing is under way: what is owed waits for its time.
  boolean isIdle() {
    return endpoints.values().stream().allMatch(Endpoint::isIdle);
  }

  /// Starts nothing more and waits up to 5 s for attempts under way, which are broken off then; an attempt
  /// without a result will be made again. Closes the egress.
  public void stop() throws InterruptedException {
    endpoints.values().forEach(Endpoint::close);
    try (var _ = shared.timers().after(GRACE, () -> Thread.ofVirtual().start(this::breakOff))) {
      shared.count().awaitNone();
    }
    breakOff();
  }

  private void breakOff() {
    shared.egress().close();
  }

  /// Counts attempts under way.
  static final class UnderWay {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();

    @GuardedBy("lock")
    private int attempts;

    void add(int change) {
      lock.lock();
      try {
        attempts += change;
        if (attempts == 0) {
          none.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    void awaitNone() throws InterruptedException {
      lock.lock();
      try {
        while (attempts > 0) {
          none.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
