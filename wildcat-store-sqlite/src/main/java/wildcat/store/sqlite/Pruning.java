package wildcat.store.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import wildcat.client.store.Store.Retention;
import wildcat.client.store.StoreFailed;

/// Drops what is too old, a few rows per commit, walking each table in the order in which it was filled.
final class Pruning {
  private static final int AT_ONCE = 500;

  private static final List<Walk> MESSAGES =
      List.of(
          new Walk("messages", "row", "stored_at", "", false),
          new Walk("ciphertexts", "row", "at", "", false));

  private static final List<Walk> EVENTS =
      List.of(
          new Walk("dead_letters", "position", "at", "", true),
          new Walk("events", "sequence", "at", notIn("outbox") + notIn("dead_letters"), false));

  private static final List<Walk> QUARANTINE =
      List.of(new Walk("quarantine", "id", "at", "", false));

  private final Writer writer;
  private final Deletion deletion;

  Pruning(Writer writer, Deletion deletion) {
    this.writer = writer;
    this.deletion = deletion;
  }

  /// @param key grows with the time of writing
  /// @param unless a further condition
  /// @param whole whether an old row may come after a young one
  private record Walk(String table, String key, String time, String unless, boolean whole) {}

  private record Row(long key, long time) {}

  private static String notIn(String table) {
    return " AND NOT EXISTS (SELECT 1 FROM "
        + table
        + " o WHERE o.position >= events.sequence * 1024"
        + " AND o.position < (events.sequence + 1) * 1024)";
  }

  void prune(Instant now, Retention retention) throws StoreFailed, InterruptedException {
    deletion.finishPurges();
    for (Walk walk : MESSAGES) {
      walk(walk, now.minus(retention.messages()));
    }
    for (Walk walk : EVENTS) {
      walk(walk, now.minus(retention.events()));
    }
    for (Walk walk : QUARANTINE) {
      walk(walk, now.minus(retention.quarantine()));
    }
    dropIdleLanes();
  }

  private void walk(Walk walk, Instant before) throws StoreFailed, InterruptedException {
    long limit = before.toEpochMilli();
    long from = Long.MIN_VALUE;
    boolean more = true;
    while (more) {
      long after = from;
      List<Row> page =
          writer.write(transaction -> dropFromPage(transaction.db(), walk, after, limit));
      more = page.size() == AT_ONCE && (walk.whole() || page.getLast().time() < limit);
      from = more ? page.getLast().key() : from;
    }
  }

  /// @return the rows that were looked at, kept ones too
  private static List<Row> dropFromPage(Db db, Walk walk, long after, long before)
      throws SQLException, StoreFailed {
    String table = " FROM " + walk.table() + " WHERE " + walk.key() + " > ?";
    List<Row> page =
        db.sql("SELECT " + walk.key() + ", " + walk.time() + table + " ORDER BY 1 LIMIT ?")
            .with(after)
            .with(AT_ONCE)
            .list(row -> new Row(row.getLong(1), row.getLong(2)));
    if (!page.isEmpty()) {
      db.sql(
              "DELETE"
                  + table
                  + " AND "
                  + walk.key()
                  + " <= ? AND "
                  + walk.time()
                  + " < ?"
                  + walk.unless())
          .with(after)
          .with(page.getLast().key())
          .with(before)
          .update();
    }
    return page;
  }

  private void dropIdleLanes() throws StoreFailed, InterruptedException {
    boolean more = true;
    while (more) {
      more =
          writer.write(transaction ->
              transaction
                      .db()
                      .sql(
                          """
                          DELETE FROM lanes WHERE id IN (
                            SELECT id FROM lanes WHERE head IS NULL AND gap = 0 LIMIT ?)
                          """)
                      .with(AT_ONCE)
                      .update()
                  == AT_ONCE);
    }
  }
}
