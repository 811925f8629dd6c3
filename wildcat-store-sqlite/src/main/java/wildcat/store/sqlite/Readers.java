package wildcat.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import wildcat.client.store.StoreFailed;

/// A few connections that only read. Inside SQLite a virtual thread holds its carrier, so more of them than
/// there are carriers gain nothing; who finds none free waits without a carrier.
final class Readers implements AutoCloseable {
  private final ConcurrentLinkedDeque<Db> idle = new ConcurrentLinkedDeque<>();
  private final Semaphore free;
  private final int count;

  /// What is read with a connection. Must be short: it holds a carrier thread.
  @FunctionalInterface
  interface Question<T> {
    T ask(Db db) throws SQLException, StoreFailed;
  }

  Readers(Path file, int count) throws SQLException {
    this.count = count;
    this.free = new Semaphore(count);
    try {
      for (int i = 0; i < count; i++) {
        idle.push(Db.reader(file));
      }
    } catch (SQLException e) {
      closeIdle();
      throw e;
    }
  }

  /// Sees everything that was committed before the call.
  <T> T read(Question<T> question) throws StoreFailed {
    free.acquireUninterruptibly();
    try {
      Db db = idle.poll(); // the one used last: its cache is the warmest
      if (db == null) {
        throw new StoreFailed.Unavailable("the store is closed");
      }
      try {
        return question.ask(db);
      } catch (SQLException e) {
        throw Failures.of(e);
      } finally {
        idle.push(db);
      }
    } finally {
      free.release();
    }
  }

  /// Waits for those that read; who comes later is told that the store is closed.
  @Override
  public void close() throws SQLException {
    free.acquireUninterruptibly(count);
    try {
      closeIdle();
    } finally {
      free.release(count);
    }
  }

  private void closeIdle() throws SQLException {
    for (Db db = idle.poll(); db != null; db = idle.poll()) {
      db.close();
    }
  }
}
