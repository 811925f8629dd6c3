package wildcat.store.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import wildcat.client.store.StoreFailed;

/// What SQLite's failures mean to the caller of a store.
final class Failures {
  private static final int PRIMARY_CODE = 0xFF;

  private Failures() {}

  /// @throws IllegalStateException a statement of ours is wrong
  static StoreFailed of(SQLException failure) {
    return switch (code(failure)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new StoreFailed.Unreadable("the database is damaged: " + failure.getMessage(), failure);
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_MISUSE, SQLITE_RANGE ->
          throw new IllegalStateException("a wrong statement", failure);
      default -> unavailable(failure);
    };
  }

  static StoreFailed.Unavailable unavailable(SQLException failure) {
    String what =
        code(failure) == SQLiteErrorCode.SQLITE_FULL
            ? "the disk is full"
            : "the database does not answer";
    return new StoreFailed.Unavailable(what + ": " + failure.getMessage(), failure);
  }

  /// Whether the failure may have ended the whole transaction, or says that nothing can be written now.
  static boolean endsTransaction(SQLException failure) {
    return switch (code(failure)) {
      case SQLITE_FULL,
          SQLITE_IOERR,
          SQLITE_NOMEM,
          SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_READONLY,
          SQLITE_CANTOPEN,
          SQLITE_INTERRUPT,
          SQLITE_PROTOCOL ->
          true;
      default -> false;
    };
  }

  private static SQLiteErrorCode code(SQLException failure) {
    return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE);
  }
}
