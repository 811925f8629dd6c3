package wildcat.store.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;

/// The one thread that writes: it puts whatever waits, up to [#MAX_UNITS] units, into one batch, commits
/// that by writing the head, makes its changes, and begins with the next.
///
/// What a unit decides by (epochs, the heads of lanes, the numbers given) it reads at one number of the
/// head, and the commit succeeds only at that number. So if another process has written meanwhile, the
/// commit changes nothing, everything known is forgotten, and the units are run again on what is there
/// now: that is how a former owner's unit finds the higher epoch, however long its process was frozen.
///
/// When a call fails in a way that leaves open whether it was done, its units fail with
/// [StoreFailed.Unavailable], and nothing is written before the head was read again and done again.
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_UNITS = 128;

  /// What is done for a unit. Runs on the writer's thread, more than once if need be.
  @FunctionalInterface
  interface Job<T> {
    T run(Batch batch) throws StoreFailed;
  }

  private final Journal journal;
  private final DocumentCache cache;
  private final EventRecorder recorder;
  private final LinkedBlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final Task<String> stop = new Task<>(_ -> "");
  private final Thread thread;
  private volatile boolean closed;

  // all below are the writer thread's, and before it runs the starting one's
  private Head head = Head.NONE;
  private boolean certain;
  private boolean failing;

  /// Batches that may be committed but were not announced, oldest first.
  private final List<Batch> unannounced = new ArrayList<>();

  Writer(Database database, EventRecorder recorder) {
    this.journal = new Journal(database);
    this.cache = new DocumentCache(database);
    this.recorder = recorder;
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
  }

  /// Finishes what a process before this one may have left unfinished, so that whatever is read is whole.
  void start() throws StoreFailed {
    redo();
    thread.start();
  }

  /// Runs `job` on the writer's thread and returns when its batch is committed and its changes are made.
  ///
  /// @throws StoreFailed nothing was changed; with [StoreFailed.Unavailable] it may have been
  /// @throws InterruptedException interrupted before the job was begun, so nothing was changed; once begun
  ///     it is waited for, and the interrupt stays set
  <T> T write(Job<T> job) throws StoreFailed, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var task = new Task<>(job);
    queue.add(task);
    if (closed && task.callOff()) {
      throw closedFailure();
    }
    return task.await();
  }

  private void run() {
    try {
      while (next()) {}
    } catch (Throwable failure) {
      LOG.error("the writer of the store has stopped", failure);
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

  /// One batch, of the first that waits and whatever else does.
  ///
  /// @return false when the writer is to stop
  private boolean next() throws InterruptedException {
    var units = new ArrayList<Task<?>>();
    boolean goOn = true;
    for (Task<?> task = queue.take();
        task != null;
        task = units.size() < MAX_UNITS ? queue.poll() : null) {
      if (task == stop) {
        goOn = false;
        break;
      }
      if (task.take()) {
        units.add(task);
      }
    }
    if (!units.isEmpty()) {
      try {
        commit(units);
      } catch (RuntimeException | Error bug) {
        certain = false;
        units.forEach(task -> task.failed(bug));
        throw bug;
      }
    }
    return goOn;
  }

  private void commit(List<Task<?>> units) {
    try {
      while (!tryToCommit(units)) {
        certain = false; // somebody else has written: on what is there now
      }
      if (failing) {
        LOG.info("the store can write again");
        failing = false;
      }
    } catch (StoreFailed e) {
      certain = false;
      if (!failing) {
        LOG.warn("the store cannot write and will try again with every unit: {}", e.getMessage());
        failing = true;
      }
      units.forEach(task -> task.failed(e));
    }
  }

  /// @return false when nothing was changed, because somebody else was faster
  /// @throws StoreFailed it was committed, or not
  private boolean tryToCommit(List<Task<?>> units) throws StoreFailed {
    if (!certain) {
      redo();
    }
    var batch = new Batch(head, cache, recorder);
    for (Task<?> task : units) {
      task.run(batch);
    }
    cache.batchEnded();
    if (!batch.isEmpty() && !commit(batch)) {
      return false;
    }
    units.forEach(Task::committed);
    return true;
  }

  private boolean commit(Batch batch) throws StoreFailed {
    unannounced.add(batch);
    try {
      if (!journal.commit(batch)) {
        unannounced.removeLast();
        return false;
      }
      journal.apply(batch);
      head = batch.head();
      cache.written(batch.ops());
      unannounced.removeLast();
      announce(batch.events());
    } catch (StoreFailed e) {
      // done or not? What the head says counts, and what it says is finished
      if (!redo().equals(batch.token())) {
        throw e;
      }
    }
    return true;
  }

  /// Finds out how far the store is, and finishes what may be unfinished.
  ///
  /// @return the token of the last batch
  private String redo() throws StoreFailed {
    certain = false;
    cache.forgetAll();
    Journal.Last last = journal.redo();
    head = last.head();
    certain = true;
    for (Batch batch : unannounced) {
      if (batch.token().equals(last.token())) {
        announce(batch.events());
      }
    }
    unannounced.clear();
    return last.token();
  }

  private void announce(List<RecordedEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    try {
      recorder.committed(events);
    } catch (RuntimeException e) {
      LOG.error("events up to {} were committed but not announced", events.getLast().sequence(), e);
    }
  }

  /// Drops what batches have left behind. The writer's thread only, inside a job.
  void dropLeftovers() throws StoreFailed {
    journal.prune(head);
  }

  /// Writes what waits, then stops. Waits for the thread.
  @Override
  public void close() {
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
  }
}
