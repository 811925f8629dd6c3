package wildcat.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// A prepared statement that is given its values in order, then run. Used by one thread at a time.
final class Sql {
  private final PreparedStatement statement;
  private int position;
  private boolean usable = true;

  Sql(PreparedStatement statement) {
    this.statement = statement;
  }

  /// Makes something of a row.
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException, StoreFailed;
  }

  Sql start() {
    position = 0;
    return this;
  }

  Sql with(long value) throws SQLException {
    statement.setLong(++position, value);
    return this;
  }

  Sql with(String value) throws SQLException {
    statement.setString(++position, value);
    return this;
  }

  Sql with(byte[] value) throws SQLException {
    statement.setBytes(++position, value);
    return this;
  }

  Sql with(Bytes value) throws SQLException {
    return with(value.toArray());
  }

  Sql with(Jid value) throws SQLException {
    return with(value.toString());
  }

  /// In milliseconds.
  Sql with(Instant value) throws SQLException {
    return with(value.toEpochMilli());
  }

  /// @return rows changed
  int update() throws SQLException {
    boolean done = false;
    try {
      int changed = statement.executeUpdate();
      done = true;
      return changed;
    } finally {
      usable = done;
    }
  }

  <T> Optional<T> first(Row<T> mapper) throws SQLException, StoreFailed {
    return query(rows -> rows.next() ? Optional.of(mapper.of(rows)) : Optional.empty());
  }

  <T> List<T> list(Row<T> mapper) throws SQLException, StoreFailed {
    return query(rows -> {
      var list = new ArrayList<T>();
      while (rows.next()) {
        list.add(mapper.of(rows));
      }
      return list;
    });
  }

  boolean exists() throws SQLException, StoreFailed {
    return query(ResultSet::next);
  }

  /// The first column of the only row; 0 when it is NULL.
  long number() throws SQLException, StoreFailed {
    return query(rows -> rows.next() ? rows.getLong(1) : 0);
  }

  private <T> T query(Row<T> reading) throws SQLException, StoreFailed {
    boolean done = false;
    try (ResultSet rows = statement.executeQuery()) {
      T result = reading.of(rows);
      done = true;
      return result;
    } finally {
      usable = done;
    }
  }

  /// Whether it can be run again: after a failure the driver has given up the statement below it.
  boolean isUsable() {
    return usable;
  }

  void close() throws SQLException {
    statement.close();
  }
}
