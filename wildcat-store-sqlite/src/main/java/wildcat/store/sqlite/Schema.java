package wildcat.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import wildcat.client.store.StoreFailed;

/// The tables, and how an older file becomes a newer one: each step runs once, in one transaction with the
/// note that it ran.
///
/// Times are milliseconds, jids are text. `sealed` columns are opened with the data key of the account.
final class Schema {
  private static final List<List<String>> STEPS = List.of(SchemaV1.STATEMENTS, SchemaV2.STATEMENTS);

  static final int VERSION = STEPS.size();

  private Schema() {}

  /// @throws StoreFailed.Unreadable the file was written by a newer program
  static void bringUpToDate(Db db, Path file, Instant now) throws SQLException, StoreFailed {
    db.run("CREATE TABLE IF NOT EXISTS schema(version INTEGER PRIMARY KEY, at INTEGER NOT NULL)");
    int version = (int) db.sql("SELECT max(version) FROM schema").number();
    if (version > VERSION) {
      throw new StoreFailed.Unreadable(
          "the store "
              + file.toAbsolutePath()
              + " has schema version "
              + version
              + ", this program knows up to "
              + VERSION
              + ": start a newer Wildcat");
    }
    for (int step = version; step < VERSION; step++) {
      db.run("BEGIN IMMEDIATE");
      for (String statement : STEPS.get(step)) {
        db.run(statement);
      }
      db.sql("INSERT INTO schema(version, at) VALUES (?, ?)").with(step + 1).with(now).update();
      db.run("COMMIT");
    }
  }
}
