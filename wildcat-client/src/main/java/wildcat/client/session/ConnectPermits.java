package wildcat.client.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import wildcat.client.time.Timers;

/// Paces the connections that all accounts of a process open, so that a thousand accounts that start or
/// lose the network together do not knock at once. First come, first served. Thread-safe.
///
/// After each permit the next one is a fixed time away: no second sees more than the rate.
public final class ConnectPermits {
  public static final int DEFAULT_PER_SECOND = 20;

  private final Timers timers;
  private final Duration gap;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final ArrayDeque<Place> queue = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean resting;

  /// @param perSecond 1 to 1,000
  public ConnectPermits(Timers timers, int perSecond) {
    if (perSecond < 1 || perSecond > 1_000) {
      throw new IllegalArgumentException("1 to 1,000 connections per second, not " + perSecond);
    }
    this.timers = timers;
    gap = Duration.ofSeconds(1).dividedBy(perSecond);
  }

  /// A place in the queue. Closing it before the permit was given leaves the queue.
  public final class Place implements AutoCloseable {
    // what it holds is of no use once it has run
    private @Nullable Runnable granted;

    private Place(Runnable granted) {
      this.granted = granted;
    }

    private void grant() {
      Runnable turn = granted;
      granted = null;
      if (turn != null) {
        turn.run();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        queue.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }

  /// Asks for a permit and returns at once.
  ///
  /// @param granted called once when it is this caller's turn, by the caller itself or by the timers'
  ///     thread: must be short
  public Place request(Runnable granted) {
    var place = new Place(granted);
    lock.lock();
    try {
      queue.add(place);
    } finally {
      lock.unlock();
    }
    grantNext();
    return place;
  }

  private void rested() {
    lock.lock();
    try {
      resting = false;
    } finally {
      lock.unlock();
    }
    grantNext();
  }

  private void grantNext() {
    Place next = take();
    if (next != null) {
      var _ = timers.after(gap, this::rested);
      next.grant();
    }
  }

  private @Nullable Place take() {
    lock.lock();
    try {
      if (resting) {
        return null;
      }
      Place next = queue.poll();
      resting = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }
}
