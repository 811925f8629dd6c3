package wildcat.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/// One connection and its prepared statements. Used by one thread at a time.
///
/// The settings, and why (docs/store.md has the figures):
///
/// - `journal_mode=WAL`, `synchronous=FULL`: a commit is one append and one fsync; readers never wait.
/// - `wal_autocheckpoint`: pages written over and over, such as ratchets, go to the database once per
///   checkpoint; the WAL stays at some 16 MiB, and is cut back to 64 MiB after a burst.
/// - `mmap_size=0`: an I/O error on a mapped page would kill the process instead of failing a read.
/// - `temp_store=MEMORY`: what savepoints remember must not need a disk that is full.
/// - `secure_delete=FAST`: deleted rows are overwritten where that writes no further page.
/// - a small page cache per connection: the operating system caches the file anyway.
final class Db implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;
  private static final int CHECKPOINT_PAGES = 4000;
  private static final int WAL_LIMIT_BYTES = 64 << 20;
  private static final int WRITER_CACHE_KIB = 8 << 10;
  private static final int READER_CACHE_KIB = 512;
  private static final int BUSY_MILLIS = 5_000;

  private final Connection connection;
  private final Map<String, Sql> statements = new HashMap<>();

  private Db(Connection connection) {
    this.connection = connection;
  }

  static Db writer(Path file) throws SQLException {
    Db db = open(file, WRITER_CACHE_KIB);
    try {
      db.run("PRAGMA page_size=" + PAGE_BYTES);
      db.run("PRAGMA journal_mode=WAL");
      db.run("PRAGMA synchronous=FULL");
      db.run("PRAGMA wal_autocheckpoint=" + CHECKPOINT_PAGES);
      db.run("PRAGMA journal_size_limit=" + WAL_LIMIT_BYTES);
      db.run("PRAGMA secure_delete=FAST");
    } catch (SQLException e) {
      db.close();
      throw e;
    }
    return db;
  }

  static Db reader(Path file) throws SQLException {
    Db db = open(file, READER_CACHE_KIB);
    try {
      db.run("PRAGMA query_only=ON");
    } catch (SQLException e) {
      db.close();
      throw e;
    }
    return db;
  }

  private static Db open(Path file, int cacheKib) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    Db db = new Db(config.createConnection("jdbc:sqlite:" + file));
    try {
      db.run("PRAGMA cache_size=-" + cacheKib);
      db.run("PRAGMA mmap_size=0");
      db.run("PRAGMA temp_store=MEMORY");
      db.leaveTransactionsToUs();
    } catch (SQLException e) {
      db.close();
      throw e;
    }
    return db;
  }

  /// Else the driver tries to begin and commit a transaction of its own around every statement, which takes
  /// longer than most statements do. Transactions are begun by statement here.
  private void leaveTransactionsToUs() throws SQLException {
    connection.setAutoCommit(false);
    run("COMMIT"); // the one that has just been begun
  }

  /// The statement, prepared once, and again after a failure. `text` is one of our constants or made of
  /// them, never of values.
  Sql sql(String text) throws SQLException {
    Sql known = statements.get(text);
    if (known != null && !known.isUsable()) {
      statements.remove(text);
      known.close();
      known = null;
    }
    if (known == null) {
      known = new Sql(connection.prepareStatement(text));
      statements.put(text, known);
    }
    return known.start();
  }

  /// The texts of all statements prepared so far.
  Set<String> statements() {
    return Set.copyOf(statements.keySet());
  }

  /// Runs a statement that is needed once.
  void run(String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // and with it every statement
  }
}
