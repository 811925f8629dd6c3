package wildcat.simulator.phone;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a phone's work one piece after the other, in the order it was added, and only occupies a thread
/// while there is some. Any thread may add.
final class Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Runnable> work = new ArrayDeque<>(0);
  private boolean running;

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  void add(Runnable piece) {
    lock.lock();
    try {
      work.add(piece);
      if (running) {
        return;
      }
      running = true;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().setCause(e).log("the simulator is closing");
    }
  }

  private void run() {
    for (Runnable piece = next(); piece != null; piece = next()) {
      try {
        piece.run();
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("a phone failed");
      }
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable piece = work.poll();
      running = piece != null;
      return piece;
    } finally {
      lock.unlock();
    }
  }
}
