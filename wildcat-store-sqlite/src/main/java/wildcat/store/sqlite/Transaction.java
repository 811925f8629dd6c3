package wildcat.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;

/// What the writer's thread works on: the connection, the numbers given and the events recorded since the
/// last commit. Only the writer's thread uses it.
final class Transaction {

  /// Numbers that only grow.
  enum Counter {
    EVENT,
    MESSAGE,
    EPOCH
  }

  private final Db db;
  private final EventRecorder recorder;
  private final Map<Counter, Long> committed = new EnumMap<>(Counter.class);
  private final Map<Counter, Long> last = new EnumMap<>(Counter.class);
  private final Map<Counter, Long> beforeUnit = new EnumMap<>(Counter.class);
  private final List<RecordedEvent> events = new ArrayList<>();
  private int eventsBeforeUnit;

  Transaction(Db db, EventRecorder recorder) throws SQLException, StoreFailed {
    this.db = db;
    this.recorder = recorder;
    for (Counter counter : Counter.values()) {
      committed.put(
          counter,
          db.sql("SELECT value FROM counters WHERE name = ?").with(counter.name()).number());
    }
    last.putAll(committed);
  }

  Db db() {
    return db;
  }

  EventRecorder recorder() {
    return recorder;
  }

  long next(Counter counter) {
    return last.merge(counter, 1L, Long::sum);
  }

  void recorded(RecordedEvent event) {
    events.add(event);
  }

  void begin() throws SQLException {
    db.sql("BEGIN IMMEDIATE").update();
  }

  void beginUnit() throws SQLException {
    db.sql("SAVEPOINT unit").update();
    beforeUnit.putAll(last);
    eventsBeforeUnit = events.size();
  }

  void endUnit() throws SQLException {
    db.sql("RELEASE unit").update();
  }

  /// Takes the unit back and leaves the others of the transaction as they are.
  void undoUnit() throws SQLException {
    last.putAll(beforeUnit);
    events.subList(eventsBeforeUnit, events.size()).clear();
    db.sql("ROLLBACK TO unit").update();
    db.sql("RELEASE unit").update();
  }

  /// Makes everything durable.
  ///
  /// @return the events of all units, in the order of their sequence
  List<RecordedEvent> commit() throws SQLException {
    for (Counter counter : Counter.values()) {
      long value = last.getOrDefault(counter, 0L);
      if (value != committed.getOrDefault(counter, 0L)) {
        db.sql(
                "INSERT INTO counters(name, value) VALUES (?, ?)"
                    + " ON CONFLICT(name) DO UPDATE SET value = excluded.value")
            .with(counter.name())
            .with(value)
            .update();
      }
    }
    db.sql("COMMIT").update();
    committed.putAll(last);
    List<RecordedEvent> recorded = List.copyOf(events);
    events.clear();
    return recorded;
  }

  /// Takes everything back since [#begin].
  void rollback() {
    last.putAll(committed);
    events.clear();
    try {
      db.sql("ROLLBACK").update();
    } catch (SQLException _) {
      // the failure that led here has ended the transaction already
    }
  }

  /// A unit's part of a transaction.
  interface Step {
    void run(Transaction transaction) throws SQLException, StoreFailed;
  }
}
