package wildcat.client.time;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Clock and timers that stand still until a test moves them. Thread-safe; tasks run on the thread that
/// moves the time, in the order of their time, then of their making.
public final class ManualTime implements Timers, InstantSource {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::number));

  @GuardedBy("lock")
  private Instant now;

  @GuardedBy("lock")
  private long made;

  public ManualTime(Instant start) {
    now = start;
  }

  private record Task(Instant due, long number, Runnable action) {}

  @Override
  public Timer after(Duration delay, Runnable action) {
    lock.lock();
    try {
      var task = new Task(now.plus(delay), made++, action);
      tasks.add(task);
      return () -> remove(task);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Task task) {
    lock.lock();
    try {
      tasks.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /// Moves the time forward and runs what becomes due on the way, each at its own time.
  public void advance(Duration by) {
    Instant target = instant().plus(by);
    for (Runnable action = next(target); action != null; action = next(target)) {
      action.run();
    }
  }

  private @Nullable Runnable next(Instant target) {
    lock.lock();
    try {
      Task first = tasks.peek();
      if (first == null || first.due().isAfter(target)) {
        if (target.isAfter(now)) {
          now = target;
        }
        return null;
      }
      tasks.poll();
      if (first.due().isAfter(now)) {
        now = first.due();
      }
      return first.action();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  /// How many tasks wait.
  public int waiting() {
    lock.lock();
    try {
      return tasks.size();
    } finally {
      lock.unlock();
    }
  }
}
