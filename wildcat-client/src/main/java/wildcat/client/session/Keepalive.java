package wildcat.client.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import wildcat.client.time.Timers;

/// Keeps a connection alive and finds out when it is dead.
///
/// Every 20 to 30 s a ping is sent unless another request waits for its answer anyway. The link is dead when
/// nothing at all has arrived for two intervals, or when three pings in a row had no answer in time. It counts
/// intervals instead of reading the clock, so that a jumping clock kills nothing.
///
/// Source: whatsmeow keepalive.go for the interval; whatsapp-rust wacore protocol/keepalive.rs for the
/// deadline and for skipping.
final class Keepalive {
  static final Duration SHORTEST = Duration.ofSeconds(20);
  static final Duration LONGEST = Duration.ofSeconds(30);
  static final Duration DEADLINE = Duration.ofSeconds(20);
  static final int MAX_MISSED = 3;
  static final int MAX_SILENT = 2;

  /// The connection as the keepalive sees it. Called by the timers' thread.
  interface Line {
    boolean requestPending();

    /// Whether the socket is not read at the moment, so that silence says nothing.
    boolean paused();

    /// Sends a ping; `answered` is called when its answer arrives.
    void ping(Runnable answered);

    void dead(String reason);
  }

  private final Timers timers;
  private final RandomGenerator random;
  private final Line line;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean heard;

  @GuardedBy("lock")
  private boolean stopped;

  @GuardedBy("lock")
  private Timers.@Nullable Timer tick;

  @GuardedBy("lock")
  private Timers.@Nullable Timer deadline;

  @GuardedBy("lock")
  private int silentIntervals;

  @GuardedBy("lock")
  private int missedPings;

  Keepalive(Timers timers, RandomGenerator random, Line line) {
    this.timers = timers;
    this.random = random;
    this.line = line;
  }

  /// Begins the next interval.
  void start() {
    lock.lock();
    try {
      if (!stopped) {
        long millis = random.nextLong(SHORTEST.toMillis(), LONGEST.toMillis() + 1);
        tick = timers.after(Duration.ofMillis(millis), this::intervalOver);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Something has arrived.
  void heard() {
    heard = true;
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      close(tick);
      close(deadline);
    } finally {
      lock.unlock();
    }
  }

  private static void close(Timers.@Nullable Timer timer) {
    if (timer != null) {
      timer.close();
    }
  }

  private void intervalOver() {
    if (silentTooLong()) {
      line.dead("nothing arrived for " + MAX_SILENT + " intervals");
      return;
    }
    if (!line.requestPending()) {
      awaitAnswer();
      line.ping(this::answered);
    }
    start();
  }

  private boolean silentTooLong() {
    lock.lock();
    try {
      silentIntervals = heard || line.paused() ? 0 : silentIntervals + 1;
      heard = false;
      return silentIntervals >= MAX_SILENT;
    } finally {
      lock.unlock();
    }
  }

  private void awaitAnswer() {
    lock.lock();
    try {
      if (!stopped) {
        deadline = timers.after(DEADLINE, this::unanswered);
      }
    } finally {
      lock.unlock();
    }
  }

  private void answered() {
    lock.lock();
    try {
      missedPings = 0;
      close(deadline);
      deadline = null;
    } finally {
      lock.unlock();
    }
  }

  private void unanswered() {
    boolean dead;
    lock.lock();
    try {
      missedPings = line.paused() ? 0 : missedPings + 1;
      dead = missedPings >= MAX_MISSED;
    } finally {
      lock.unlock();
    }
    if (dead) {
      line.dead(MAX_MISSED + " pings had no answer");
    }
  }
}
