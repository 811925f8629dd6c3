package wildcat.client.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountId;

/// Runs the work of one account: task by task, in the order given, on a virtual thread that exists only
/// while there is something to do. What one task writes, the next one sees. Thread-safe.
public final class AccountThread implements Executor {
  private static final Logger log = LoggerFactory.getLogger(AccountThread.class);

  private final AccountId account;
  private final Thread.Builder.OfVirtual threads;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);

  @GuardedBy("lock")
  private @Nullable Thread running;

  /// @param purpose appears in the thread's name
  public AccountThread(AccountId account, String purpose) {
    this.account = account;
    threads = Thread.ofVirtual().name(purpose + " " + account);
  }

  /// Appends a task. It may block; what follows waits.
  @Override
  public void execute(Runnable task) {
    lock.lock();
    try {
      tasks.add(task);
      if (running == null) {
        running = threads.start(this::drain);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether the caller is one of this object's tasks.
  public boolean isCurrent() {
    lock.lock();
    try {
      return Thread.currentThread() == running;
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.atError().addKeyValue("account", account).setCause(e).log("a task failed");
      }
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = tasks.poll();
      if (task == null) {
        running = null;
      }
      return task;
    } finally {
      lock.unlock();
    }
  }
}
