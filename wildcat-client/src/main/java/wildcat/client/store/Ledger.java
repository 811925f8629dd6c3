package wildcat.client.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;

/// The store of one account as its features write to it: step by step, each step alone. Thread-safe.
///
/// Nobody may take a step from an older state than the last step has left, be it the thread that sends or
/// the one that receives. So one lock per account is held over each step. It is never held over a network
/// request nor while a listener runs.
///
/// It is not held until the step is on disk either, where all its changes are [Change.Light]: the next step
/// reads what is on its way as if it were there, and one fsync serves many steps. Whoever took a step still
/// waits for the disk before anything of it leaves the process ([Submitted]). If a unit fails on its way,
/// every step that was computed from it fails too; the next one reads from the disk.
///
/// The listener hears of events in the order of their commits, though not always from the thread that
/// committed.
public final class Ledger {
  private final AccountStore store;
  private final EventListener listener;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final OnTheWay onTheWay;

  /// Events on disk that the listener has not heard of yet, in the order of their commits.
  private final Queue<Event> committed = new ConcurrentLinkedQueue<>();

  private final ReentrantLock announcing = new ReentrantLock();

  public Ledger(AccountStore store, EventListener listener, InstantSource clock) {
    this.store = store;
    this.listener = listener;
    this.clock = clock;
    this.onTheWay = new OnTheWay(store);
  }

  /// Reads, decides, and collects what is to change. Runs under the account's lock: must not call the
  /// network, and must not start another step.
  ///
  /// @param <T> what comes of it
  @FunctionalInterface
  public interface Step<T> {
    T run(UnitOfWork work) throws StoreFailed;
  }

  /// A step that was taken and may be on its way to the disk: until [#await] has returned, nothing may leave
  /// the process that follows from it. Thread-safe.
  public final class Submitted<T> {
    private final T result;
    private final Commit commit;

    private Submitted(T result, Commit commit) {
      this.result = result;
      this.commit = commit;
    }

    /// What the step computed; void if [#await] throws.
    public T result() {
      return result;
    }

    /// Whether [#await] would return at once.
    public boolean isOnDisk() {
      return commit.isOnDisk();
    }

    /// Waits until all of it is on disk and the listener has been told, whatever interrupts.
    ///
    /// @throws StoreFailed nothing was changed and nothing announced; whatever the step computed must be
    ///     dropped
    public void await() throws StoreFailed {
      try {
        commit.await();
      } finally {
        settle();
      }
    }
  }

  /// Runs `step` while no other step of this account runs, commits what it collected, then tells the
  /// listener of the events in it.
  ///
  /// @throws StoreFailed nothing was changed and nothing announced; whatever `step` computed must be
  ///     dropped
  public <T> T step(Step<T> step) throws StoreFailed, InterruptedException {
    Submitted<T> submitted = submit(step);
    submitted.await();
    return submitted.result();
  }

  /// [#step] without the waiting for the disk.
  ///
  /// @throws StoreFailed nothing was changed; whatever `step` computed must be dropped
  public <T> Submitted<T> submit(Step<T> step) throws StoreFailed, InterruptedException {
    var work = new UnitOfWork();
    T result;
    Commit commit;
    lock.lockInterruptibly();
    try {
      Footing footing = store.footing();
      result = step.run(work);
      commit = handOver(work, footing);
    } finally {
      lock.unlock();
    }
    return new Submitted<>(result, commit);
  }

  @GuardedBy("lock")
  private Commit handOver(UnitOfWork work, Footing footing)
      throws StoreFailed, InterruptedException {
    if (work.isEmpty()) {
      requireSame(footing);
      // it may have decided by what is on its way
      return onTheWay.newest().orElse(Commit.ON_DISK);
    }
    Commit commit;
    if (OnTheWay.isLight(work)) {
      if (onTheWay.isFull()) {
        awaitOldest();
      }
      commit = store.submit(work, footing);
    } else {
      Optional<Commit> newest = onTheWay.newest();
      if (newest.isPresent()) {
        newest.get().await();
      }
      requireSame(footing);
      store.commit(work);
      commit = Commit.ON_DISK;
    }
    onTheWay.add(work, commit);
    noteDone();
    return commit;
  }

  @GuardedBy("lock")
  private void awaitOldest() throws StoreFailed {
    Optional<Commit> oldest = onTheWay.oldest();
    if (oldest.isPresent()) {
      oldest.get().await();
    }
    noteDone();
  }

  private void requireSame(Footing footing) throws StoreFailed {
    if (store.footing() != footing) {
      throw new StoreFailed.Unavailable("what this was computed from could not be written");
    }
  }

  @GuardedBy("lock")
  private void noteDone() {
    for (OnTheWay.Unit unit : onTheWay.takeDone()) {
      if (unit.commit().isOnDisk()) {
        for (Change change : unit.changes()) {
          if (change instanceof Change.RecordEvent(Event.Durable event, Instant _)) {
            committed.add(event);
          }
        }
      }
    }
  }

  private void settle() {
    lock.lock();
    try {
      noteDone();
    } finally {
      lock.unlock();
    }
    announce();
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

  /// For reading: inside a step as the steps before have left it, elsewhere what is on disk.
  public AccountStore store() {
    return lock.isHeldByCurrentThread() ? stepped() : store;
  }

  @SuppressWarnings("GuardedBy") // the caller holds it
  private AccountStore stepped() {
    return onTheWay;
  }

  public Instant now() {
    return clock.instant();
  }
}
