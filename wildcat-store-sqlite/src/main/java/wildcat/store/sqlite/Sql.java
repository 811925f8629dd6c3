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
    return statement.executeUpdate();
  }

  <T> Optional<T> first(Row<T> mapper) throws SQLException, StoreFailed {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(mapper.of(rows)) : Optional.empty();
    }
  }

  <T> List<T> list(Row<T> mapper) throws SQLException, StoreFailed {
    try (ResultSet rows = statement.executeQuery()) {
      var list = new ArrayList<T>();
      while (rows.next()) {
        list.add(mapper.of(rows));
      }
      return list;
    }
  }

  boolean exists() throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  /// The first column of the only row; 0 when it is NULL.
  long number() throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
