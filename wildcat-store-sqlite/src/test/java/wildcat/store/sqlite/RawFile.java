package wildcat.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The database file as a stranger sees it: past the store, for planting damage and for looking at bytes.
final class RawFile implements AutoCloseable {
  private final Connection connection;

  RawFile(Path folder) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("wildcat.db"));
    run("PRAGMA busy_timeout=5000");
  }

  void run(String statement) throws SQLException {
    try (Statement running = connection.createStatement()) {
      running.execute(statement);
    }
  }

  /// @return rows changed
  int update(String statement) throws SQLException {
    try (Statement running = connection.createStatement()) {
      return running.executeUpdate(statement);
    }
  }

  /// All values of all rows as text, one row a string.
  List<String> rows(String query) throws SQLException {
    var rows = new ArrayList<String>();
    try (Statement running = connection.createStatement();
        ResultSet found = running.executeQuery(query)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          row.add(
              found.getObject(i) instanceof byte[] bytes
                  ? HexFormat.of().formatHex(bytes)
                  : found.getString(i));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  /// Everything secret that is stored, to see whether a byte of it changes.
  List<String> secrets() throws SQLException {
    var all = new ArrayList<String>();
    for (String table :
        List.of("credentials", "ratchets", "identities", "pre_keys", "quarantine", "accounts")) {
      String what = table.equals("accounts") ? "id, name, data_key" : "*";
      all.addAll(rows("SELECT '" + table + "', " + what + " FROM " + table + " ORDER BY 1, 2, 3"));
    }
    return all;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
