package wildcat.client.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;

/// The store of one account as its features write to it: step by step, each step alone. Thread-safe.
///
/// A ratchet step must be on disk before anybody takes the next one from the same record, be it the thread
/// that sends or the one that receives. So one lock per account is held from the first read of a step to
/// the return of its commit. It is never held over a network request nor while a listener runs. The
/// listener hears of events in the order of their commits, though not always from the thread that
/// committed.
public final class Ledger {
  private final AccountStore store;
  private final EventListener listener;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// Events on disk that the listener has not heard of yet, in the order of their commits.
  private final Queue<Event> committed = new ConcurrentLinkedQueue<>();

  private final ReentrantLock announcing = new ReentrantLock();

  public Ledger(AccountStore store, EventListener listener, InstantSource clock) {
    this.store = store;
    this.listener = listener;
    this.clock = clock;
  }

  /// Reads, decides, and collects what is to change. Runs under the account's lock: must not call the
  /// network, and must not start another step.
  ///
  /// @param <T> what comes of it
  @FunctionalInterface
  public interface Step<T> {
    T run(UnitOfWork work) throws StoreFailed;
  }

  /// Runs `step` while no other step of this account runs, commits what it collected, then tells the
  /// listener of the events in it.
  ///
  /// @throws StoreFailed nothing was changed and nothing announced; whatever `step` computed must be
  ///     dropped
  public <T> T step(Step<T> step) throws StoreFailed, InterruptedException {
    var work = new UnitOfWork();
    T result;
    lock.lockInterruptibly();
    try {
      result = step.run(work);
      if (!work.isEmpty()) {
        store.commit(work);
        noteEvents(work);
      }
    } finally {
      lock.unlock();
    }
    announce();
    return result;
  }

  private void noteEvents(UnitOfWork work) {
    for (Change change : work.changes()) {
      if (change instanceof Change.RecordEvent(Event.Durable event, Instant _)) {
        committed.add(event);
      }
    }
  }

  /// One thread at a time tells the listener; what others commit meanwhile it tells too, in their order.
  private void announce() {
    while (!committed.isEmpty() && announcing.tryLock()) {
      try {
        for (Event event = committed.poll(); event != null; event = committed.poll()) {
          listener.on(store.account(), event);
        }
      } finally {
        announcing.unlock();
      }
    }
  }

  /// [#step] for fixed changes.
  public void commit(Change... changes) throws StoreFailed, InterruptedException {
    step(work -> {
      for (Change change : changes) {
        work.add(change);
      }
      return work;
    });
  }

  /// The change that records `event` as happening now.
  public Change.RecordEvent event(Event.Durable event) {
    return new Change.RecordEvent(event, now());
  }

  /// For reading outside of a step.
  public AccountStore store() {
    return store;
  }

  public Instant now() {
    return clock.instant();
  }
}
