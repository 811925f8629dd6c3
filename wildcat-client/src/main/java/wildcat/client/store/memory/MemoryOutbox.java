package wildcat.client.store.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.store.Outbox;
import wildcat.client.store.RecordedEvent;

/// What is owed to the outside. All fields are guarded by the store's lock: the methods of the interface
/// take it, the others are called with it.
final class MemoryOutbox implements Outbox {
  private final ReentrantLock lock;

  /// The rows of a lane that are not settled, the oldest first; no lane is empty.
  private final Map<Lane, TreeMap<Long, Delivery>> lanes = new HashMap<>();

  private final Map<Long, Lane> laneOf = new HashMap<>();

  /// Lanes in which a row has died since the last delivered one.
  private final Set<Lane> gaps = new HashSet<>();

  private final TreeMap<Long, DeadLetter> dead = new TreeMap<>();

  private long lastPosition;

  private final InstantSource clock;

  MemoryOutbox(ReentrantLock lock, InstantSource clock) {
    this.lock = lock;
    this.clock = clock;
  }

  void add(RecordedEvent event, String destination) {
    long position = ++lastPosition;
    var lane = new Lane(destination, event.account(), event.lane());
    lanes
        .computeIfAbsent(lane, _ -> new TreeMap<>())
        .put(
            position,
            new Delivery(
                destination,
                position,
                event.account(),
                event.lane(),
                event.eventId(),
                event.type(),
                event.body(),
                0,
                Instant.EPOCH,
                false));
    laneOf.put(position, lane);
  }

  @Override
  public List<Delivery> due(String destination, Instant now, int limit) {
    lock.lock();
    try {
      return heads(destination)
          .filter(head -> !head.notBefore().isAfter(now))
          .sorted(Comparator.comparingLong(Delivery::position))
          .limit(limit)
          .map(head -> withGap(head, gaps.contains(laneOf.get(head.position()))))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Instant> nextDue(String destination) {
    lock.lock();
    try {
      return heads(destination).map(Delivery::notBefore).min(Comparator.naturalOrder());
    } finally {
      lock.unlock();
    }
  }

  private Stream<Delivery> heads(String destination) {
    return lanes.entrySet().stream()
        .filter(entry -> entry.getKey().destination().equals(destination))
        .map(entry -> entry.getValue().firstEntry().getValue());
  }

  @Override
  public void settle(List<Settlement> settlements) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      settlements.forEach(this::settle);
    } finally {
      lock.unlock();
    }
  }

  private void settle(Settlement settlement) {
    Lane lane = laneOf.get(settlement.position());
    if (lane == null) {
      return;
    }
    switch (settlement) {
      case Settlement.Delivered _ -> {
        drop(lane, settlement.position());
        gaps.remove(lane);
      }
      case Settlement.Retry(long position, int attempts, Instant notBefore) ->
          rowsOf(lane).computeIfPresent(position, (_, row) -> retried(row, attempts, notBefore));
      case Settlement.Dead(long position, int attempts, String reason) -> {
        Delivery row = drop(lane, position);
        boolean gap = !gaps.add(lane);
        if (row != null) {
          dead.put(
              position,
              new DeadLetter(
                  withGap(retried(row, attempts, Instant.EPOCH), gap), reason, clock.instant()));
        }
      }
    }
  }

  private Map<Long, Delivery> rowsOf(Lane lane) {
    return lanes.getOrDefault(lane, new TreeMap<>());
  }

  private @Nullable Delivery drop(Lane lane, long position) {
    Map<Long, Delivery> rows = rowsOf(lane);
    Delivery row = rows.remove(position);
    laneOf.remove(position);
    if (rows.isEmpty()) {
      lanes.remove(lane);
    }
    return row;
  }

  @Override
  public long pending(String destination) {
    lock.lock();
    try {
      return laneOf.values().stream()
          .filter(lane -> lane.destination().equals(destination))
          .count();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<DeadLetter> dead(String destination, int limit) {
    lock.lock();
    try {
      return dead.descendingMap().values().stream()
          .filter(letter -> letter.delivery().destination().equals(destination))
          .limit(limit)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forget(String destination) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      lanes.keySet().removeIf(lane -> lane.destination().equals(destination));
      laneOf.values().removeIf(lane -> lane.destination().equals(destination));
      gaps.removeIf(lane -> lane.destination().equals(destination));
      dead.values().removeIf(letter -> letter.delivery().destination().equals(destination));
    } finally {
      lock.unlock();
    }
  }

  void purge(AccountId account) {
    lanes.keySet().removeIf(lane -> lane.account().equals(account));
    laneOf.values().removeIf(lane -> lane.account().equals(account));
    gaps.removeIf(lane -> lane.account().equals(account));
    dead.values().removeIf(letter -> letter.delivery().account().equals(account));
  }

  /// The events that a row, pending or dead, still needs.
  Set<String> neededEvents() {
    Set<String> ids = new HashSet<>();
    lanes.values().forEach(rows -> rows.values().forEach(row -> ids.add(row.eventId())));
    dead.values().forEach(letter -> ids.add(letter.delivery().eventId()));
    return ids;
  }

  void pruneDead(Instant diedBefore) {
    dead.values().removeIf(letter -> letter.at().isBefore(diedBefore));
  }

  private static Delivery retried(Delivery row, int attempts, Instant notBefore) {
    return new Delivery(
        row.destination(),
        row.position(),
        row.account(),
        row.lane(),
        row.eventId(),
        row.eventType(),
        row.body(),
        attempts,
        notBefore,
        row.gap());
  }

  private static Delivery withGap(Delivery row, boolean gap) {
    return new Delivery(
        row.destination(),
        row.position(),
        row.account(),
        row.lane(),
        row.eventId(),
        row.eventType(),
        row.body(),
        row.attempts(),
        row.notBefore(),
        gap);
  }

  private record Lane(String destination, AccountId account, String lane) {}
}
