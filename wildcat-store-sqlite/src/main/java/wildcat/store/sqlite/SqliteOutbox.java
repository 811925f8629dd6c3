package wildcat.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.store.Outbox;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// The outbox over [EventRows].
final class SqliteOutbox implements Outbox {
  private static final int COLLECTED_AT_ONCE = 500;
  private static final String DELIVERY =
      """
      SELECT l.destination, l.head, a.name, l.lane, e.event_id, e.type, e.body, l.attempts,
        l.not_before, l.gap
      FROM lanes l JOIN events e ON e.sequence = l.head / 1024 JOIN accounts a ON a.id = l.account
      """;

  private final Writer writer;
  private final Readers readers;
  private final InstantSource clock;

  SqliteOutbox(Writer writer, Readers readers, InstantSource clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  @Override
  public List<Delivery> due(String destination, Instant now, int limit) throws StoreFailed {
    List<Delivery> due =
        readers.read(db -> {
          var found = new ArrayList<>(fresh(db, destination, limit));
          found.addAll(waited(db, destination, now, limit));
          return found;
        });
    due.sort(Comparator.comparingLong(Delivery::position));
    return List.copyOf(due.subList(0, Math.min(limit, due.size())));
  }

  private static List<Delivery> fresh(Db db, String destination, int limit)
      throws SQLException, StoreFailed {
    return db.sql(
            DELIVERY
                + """
                WHERE l.destination = ? AND l.head IS NOT NULL AND l.not_before = 0
                ORDER BY l.head LIMIT ?
                """)
        .with(destination)
        .with(limit)
        .list(SqliteOutbox::delivery);
  }

  private static List<Delivery> waited(Db db, String destination, Instant now, int limit)
      throws SQLException, StoreFailed {
    return db.sql(
            DELIVERY
                + """
                WHERE l.destination = ? AND l.head IS NOT NULL AND l.not_before > 0
                  AND l.not_before <= ?
                ORDER BY l.not_before, l.head LIMIT ?
                """)
        .with(destination)
        .with(now)
        .with(limit)
        .list(SqliteOutbox::delivery);
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString(1),
        row.getLong(2),
        new AccountId(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Bytes.wrap(row.getBytes(7)),
        row.getInt(8),
        Instant.ofEpochMilli(row.getLong(9)),
        row.getInt(10) == 1);
  }

  @Override
  public Optional<Instant> nextDue(String destination) throws StoreFailed {
    return readers.read(db ->
        db.sql(
                """
                SELECT not_before FROM lanes WHERE destination = ? AND head IS NOT NULL
                ORDER BY not_before LIMIT 1
                """)
            .with(destination)
            .first(row -> Instant.ofEpochMilli(row.getLong(1))));
  }

  @Override
  public void settle(List<Settlement> settlements) throws StoreFailed, InterruptedException {
    if (settlements.isEmpty()) {
      return;
    }
    List<Settlement> all = List.copyOf(settlements);
    Instant now = clock.instant();
    writer.write(transaction -> {
      for (Settlement settlement : all) {
        settle(transaction.db(), settlement, now);
      }
      return all.size();
    });
  }

  private static void settle(Db db, Settlement settlement, Instant now)
      throws SQLException, StoreFailed {
    Optional<Long> lane =
        db.sql("SELECT lane FROM outbox WHERE position = ?")
            .with(settlement.position())
            .first(row -> row.getLong(1));
    if (lane.isEmpty()) {
      return;
    }
    switch (settlement) {
      case Settlement.Delivered(long position) -> drop(db, lane.get(), position, false);
      case Settlement.Retry(long position, int attempts, Instant notBefore) ->
          db.sql("UPDATE lanes SET attempts = ?, not_before = ? WHERE id = ? AND head = ?")
              .with(attempts)
              .with(Math.max(1, notBefore.toEpochMilli()))
              .with(lane.get())
              .with(position)
              .update();
      case Settlement.Dead(long position, int attempts, String reason) -> {
        db.sql(
                """
                INSERT INTO dead_letters(position, destination, account, attempts, gap, reason, at)
                SELECT ?, destination, account, ?, gap, ?, ? FROM lanes
                WHERE id = ? AND destination IS NOT NULL
                """)
            .with(position)
            .with(attempts)
            .with(reason)
            .with(now)
            .with(lane.get())
            .update();
        drop(db, lane.get(), position, true);
      }
    }
  }

  private static void drop(Db db, long lane, long position, boolean gap) throws SQLException {
    db.sql("DELETE FROM outbox WHERE position = ?").with(position).update();
    int wasHead =
        db.sql(
                """
                UPDATE lanes SET attempts = 0, not_before = 0, gap = ?,
                  head = (SELECT min(position) FROM outbox WHERE lane = lanes.id)
                WHERE id = ? AND head = ?
                """)
            .with(gap ? 1 : 0)
            .with(lane)
            .with(position)
            .update();
    if (wasHead == 0) {
      db.sql("UPDATE lanes SET gap = ? WHERE id = ?").with(gap ? 1 : 0).with(lane).update();
    }
  }

  @Override
  public long pending(String destination) throws StoreFailed {
    return readers.read(db ->
        db.sql(
                """
                SELECT count(*) FROM lanes l JOIN outbox o ON o.lane = l.id
                WHERE l.destination = ?
                """)
            .with(destination)
            .number());
  }

  @Override
  public List<DeadLetter> dead(String destination, int limit) throws StoreFailed {
    return readers.read(db ->
        db.sql(
                """
                SELECT d.destination, d.position, a.name, e.lane, e.event_id, e.type, e.body,
                  d.attempts, 0, d.gap, d.reason, d.at
                FROM dead_letters d JOIN events e ON e.sequence = d.position / 1024
                  JOIN accounts a ON a.id = d.account
                WHERE d.destination = ? ORDER BY d.position DESC LIMIT ?
                """)
            .with(destination)
            .with(limit)
            .list(row ->
                new DeadLetter(
                    delivery(row), row.getString(11), Instant.ofEpochMilli(row.getLong(12)))));
  }

  @Override
  public void forget(String destination) throws StoreFailed, InterruptedException {
    writer.write(transaction -> {
      Db db = transaction.db();
      db.sql("DELETE FROM dead_letters WHERE destination = ?").with(destination).update();
      return db.sql("UPDATE lanes SET destination = NULL, head = NULL WHERE destination = ?")
          .with(destination)
          .update();
    });
    collect();
  }

  /// Drops the rows of lanes that were forgotten, then the lanes, a few at a time.
  void collect() throws StoreFailed, InterruptedException {
    boolean left = true;
    while (left) {
      left = writer.write(transaction -> collectSome(transaction.db()));
    }
  }

  /// @return whether there may be more
  private static boolean collectSome(Db db) throws SQLException {
    int rows =
        db.sql(
                """
                DELETE FROM outbox WHERE position IN (
                  SELECT o.position FROM lanes l JOIN outbox o ON o.lane = l.id
                  WHERE l.destination IS NULL LIMIT ?)
                """)
            .with(COLLECTED_AT_ONCE)
            .update();
    if (rows == COLLECTED_AT_ONCE) {
      return true;
    }
    int lanes =
        db.sql(
                """
                DELETE FROM lanes
                WHERE id IN (SELECT id FROM lanes WHERE destination IS NULL LIMIT ?)
                """)
            .with(COLLECTED_AT_ONCE)
            .update();
    return lanes == COLLECTED_AT_ONCE;
  }
}
