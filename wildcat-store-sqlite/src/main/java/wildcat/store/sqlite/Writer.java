package wildcat.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;

/// The one thread that writes, a platform thread because it waits inside SQLite for the disk.
///
/// It takes whatever waits, each as a unit of its own under a savepoint, and commits when the queue is empty
/// or a transaction has got [#MAX_UNITS] units: while one fsync runs, the units for the next one gather. A
/// unit that fails is taken back alone. If the transaction fails, all of its units have failed and nothing
/// was changed; the next one starts afresh, so the store heals as soon as the disk does.
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_UNITS = 128;

  /// What is done for a unit. Runs on the writer's thread.
  @FunctionalInterface
  interface Job<T> {
    T run(Transaction transaction) throws SQLException, StoreFailed;
  }

  private final Db db;
  private final Transaction transaction;
  private final LinkedBlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final Task<String> stop = new Task<>(_ -> "");
  private final Thread thread;
  private final List<Task<?>> underWay = new ArrayList<>(); // the writer thread's
  private boolean failing; // the writer thread's
  private volatile boolean closed;

  Writer(Db db, Transaction transaction) {
    this.db = db;
    this.transaction = transaction;
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Runs `job` on the writer's thread and returns when its transaction is on disk.
  ///
  /// @throws StoreFailed nothing was changed
  /// @throws InterruptedException interrupted before the job was begun, so nothing was changed; once begun
  ///     it is waited for, and the interrupt stays set
  <T> T write(Job<T> job) throws StoreFailed, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var task = new Task<>(job);
    add(task);
    return task.await();
  }

  /// Puts a task behind all others. Returns at once.
  ///
  /// @throws StoreFailed the store is closed; the task will not be run
  void add(Task<?> task) throws StoreFailed {
    queue.add(task);
    if (closed && task.callOff()) {
      throw closedFailure();
    }
  }

  private void run() {
    try {
      while (transact(queue.take())) {}
    } catch (Throwable failure) {
      LOG.error("the writer of the store has stopped", failure);
      underWay.forEach(
          task -> task.failed(new IllegalStateException("the store stopped", failure)));
    }
    closed = true;
    for (Task<?> left = queue.poll(); left != null; left = queue.poll()) {
      if (left.take()) {
        left.failed(closedFailure());
      }
    }
  }

  private static StoreFailed closedFailure() {
    return new StoreFailed.Unavailable("the store is closed");
  }

  /// One transaction, of `first` and whatever else waits.
  ///
  /// @return false when the writer is to stop
  private boolean transact(Task<?> first) {
    underWay.clear();
    boolean goOn = true;
    try {
      transaction.begin();
      int units = 0;
      for (Task<?> task = first; task != null; task = units < MAX_UNITS ? queue.poll() : null) {
        if (task == stop) {
          goOn = false;
          break;
        }
        if (task.take()) {
          underWay.add(task);
          unit(task);
          units++;
        }
      }
      List<RecordedEvent> events = transaction.commit();
      announce(events);
      if (failing && !underWay.isEmpty()) {
        LOG.info("the store can write again");
        failing = false;
      }
      underWay.forEach(Task::committed);
    } catch (SQLException e) {
      transaction.rollback();
      if (first != stop && first.take()) {
        underWay.add(first); // the transaction could not even begin
      }
      if (!failing) {
        LOG.warn("the store cannot write and will try again with every unit: {}", e.getMessage());
        failing = true;
      }
      underWay.forEach(task -> task.failed(Failures.unavailable(e)));
      goOn = goOn && first != stop;
    }
    return goOn;
  }

  /// @throws SQLException the transaction is lost
  private void unit(Task<?> task) throws SQLException {
    transaction.beginUnit();
    @Nullable Throwable failure = null;
    try {
      task.run(transaction);
    } catch (SQLException e) {
      if (Failures.endsTransaction(e)) {
        throw e;
      }
      failure = failureOf(e);
    } catch (StoreFailed | RuntimeException e) {
      failure = e;
    }
    if (failure == null) {
      transaction.endUnit();
    } else {
      transaction.undoUnit();
      underWay.remove(task);
      task.failed(failure);
    }
  }

  private static Throwable failureOf(SQLException e) {
    try {
      return Failures.of(e);
    } catch (IllegalStateException bug) {
      return bug;
    }
  }

  private void announce(List<RecordedEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    try {
      transaction.recorder().committed(events);
    } catch (RuntimeException e) {
      LOG.error("events up to {} were committed but not announced", events.getLast().sequence(), e);
    }
  }

  /// Writes what waits, then stops. Waits for the thread.
  @Override
  public void close() throws SQLException {
    queue.add(stop);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    db.close();
  }
}
