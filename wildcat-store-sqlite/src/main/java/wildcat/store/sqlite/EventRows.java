package wildcat.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.store.Change;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// The log of events and what of it is owed to whom.
///
/// What is delivered in order is a lane: its row knows the oldest position that is not settled (the head),
/// so finding what is due never looks at what waits behind a head.
final class EventRows {
  /// Positions are a sequence number times this, plus which of the event's destinations.
  static final long POSITIONS_PER_EVENT = EventRecorder.Entry.MAX_DESTINATIONS;

  private EventRows() {}

  static RecordedEvent record(
      Transaction transaction, long account, AccountId name, Change.RecordEvent change)
      throws SQLException, StoreFailed {
    Db db = transaction.db();
    long sequence = transaction.next(Transaction.Counter.EVENT);
    var entry = transaction.recorder().entry(name, sequence, change.at(), change.event());
    db.sql(
            """
            INSERT INTO events(sequence, account, event_id, type, lane, at, body)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .with(sequence)
        .with(account)
        .with(entry.eventId())
        .with(entry.type())
        .with(entry.lane())
        .with(change.at())
        .with(entry.body())
        .update();
    long position = sequence * POSITIONS_PER_EVENT;
    for (String destination : entry.destinations()) {
      owe(db, account, destination, entry.lane(), position++);
    }
    var recorded =
        new RecordedEvent(
            name,
            sequence,
            entry.eventId(),
            entry.type(),
            entry.lane(),
            Instant.ofEpochMilli(change.at().toEpochMilli()),
            entry.body());
    transaction.recorded(recorded);
    return recorded;
  }

  private static void owe(Db db, long account, String destination, String lane, long position)
      throws SQLException, StoreFailed {
    Optional<Lane> known =
        db.sql("SELECT id, head FROM lanes WHERE destination = ? AND account = ? AND lane = ?")
            .with(destination)
            .with(account)
            .with(lane)
            .first(row -> new Lane(row.getLong(1), row.getLong(2)));
    long id;
    if (known.isEmpty()) {
      id =
          db.sql(
                  """
                  INSERT INTO lanes(destination, account, lane, head, attempts, not_before, gap)
                  VALUES (?, ?, ?, ?, 0, 0, 0) RETURNING id
                  """)
              .with(destination)
              .with(account)
              .with(lane)
              .with(position)
              .number();
    } else {
      id = known.get().id();
      if (known.get().head() == 0) {
        db.sql("UPDATE lanes SET head = ?, attempts = 0, not_before = 0 WHERE id = ?")
            .with(position)
            .with(id)
            .update();
      }
    }
    db.sql("INSERT INTO outbox(position, lane) VALUES (?, ?)").with(position).with(id).update();
  }

  /// @param head 0 when nothing is pending
  private record Lane(long id, long head) {}

  static List<RecordedEvent> after(Db db, long sequence, int limit)
      throws SQLException, StoreFailed {
    return db.sql(
            """
            SELECT a.name, e.sequence, e.event_id, e.type, e.lane, e.at, e.body
            FROM events e JOIN accounts a ON a.id = e.account
            WHERE e.sequence > ? AND a.name IS NOT NULL ORDER BY e.sequence LIMIT ?
            """)
        .with(sequence)
        .with(limit)
        .list(EventRows::event);
  }

  private static RecordedEvent event(ResultSet row) throws SQLException {
    return new RecordedEvent(
        new AccountId(row.getString(1)),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Instant.ofEpochMilli(row.getLong(6)),
        Bytes.wrap(row.getBytes(7)));
  }
}
