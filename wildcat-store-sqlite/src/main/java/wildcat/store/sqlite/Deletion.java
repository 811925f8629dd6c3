package wildcat.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;

/// Erases accounts. What makes the account useless goes in one commit, its data key first of all; messages
/// and events, which may be many, in small ones after it. An interrupted purge is finished by the next
/// [Pruning].
final class Deletion {
  private static final int AT_ONCE = 500;
  private static final int EVENTS_LOOKED_AT_ONCE = 5_000;
  private static final List<String> TABLES_OF_KEYS =
      List.of(
          "credentials",
          "ratchets",
          "identities",
          "pre_keys",
          "lids",
          "devices",
          "quarantine",
          "chats",
          "contacts");

  private final Writer writer;
  private final SqliteOutbox outbox;

  Deletion(Writer writer, SqliteOutbox outbox) {
    this.writer = writer;
    this.outbox = outbox;
  }

  void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException {
    Optional<Long> id = writer.write(transaction -> eraseKeys(transaction, account, purge));
    if (id.isPresent()) {
      eraseCiphertexts(id.get());
    }
    if (purge) {
      finishPurges();
    }
  }

  private static Optional<Long> eraseKeys(Transaction transaction, AccountId account, boolean purge)
      throws SQLException, StoreFailed {
    Db db = transaction.db();
    Optional<Long> id =
        db.sql("SELECT id FROM accounts WHERE name = ?")
            .with(account.value())
            .first(row -> row.getLong(1));
    if (id.isEmpty()) {
      return id;
    }
    for (String table : TABLES_OF_KEYS) {
      db.sql("DELETE FROM " + table + " WHERE account = ?").with(id.get()).update();
    }
    db.sql("UPDATE accounts SET data_key = NULL, next_pre_key = 1, epoch = ? WHERE id = ?")
        .with(transaction.next(Transaction.Counter.EPOCH))
        .with(id.get())
        .update();
    if (purge) {
      db.sql("UPDATE accounts SET name = NULL WHERE id = ?").with(id.get()).update();
      db.sql("DELETE FROM dead_letters WHERE account = ?").with(id.get()).update();
      db.sql("UPDATE lanes SET destination = NULL, head = NULL WHERE account = ?")
          .with(id.get())
          .update();
    }
    return id;
  }

  private void eraseCiphertexts(long account) throws StoreFailed, InterruptedException {
    eraseRows(
        account,
        "DELETE FROM ciphertexts WHERE row IN"
            + " (SELECT row FROM ciphertexts WHERE account = ? LIMIT ?)");
  }

  private void eraseRows(long account, String statement) throws StoreFailed, InterruptedException {
    int erased = AT_ONCE;
    while (erased == AT_ONCE) {
      erased =
          writer.write(
              transaction -> transaction.db().sql(statement).with(account).with(AT_ONCE).update());
    }
  }

  /// Erases what is left of accounts whose purge was begun.
  void finishPurges() throws StoreFailed, InterruptedException {
    outbox.collect();
    List<Long> purged =
        writer.write(transaction ->
            transaction
                .db()
                .sql("SELECT id FROM accounts WHERE name IS NULL")
                .list(row -> row.getLong(1)));
    for (long account : purged) {
      eraseCiphertexts(account);
      eraseRows(
          account,
          "DELETE FROM messages WHERE row IN (SELECT row FROM messages WHERE account = ? LIMIT ?)");
      eraseEvents(account);
      writer.write(transaction ->
          transaction.db().sql("DELETE FROM accounts WHERE id = ?").with(account).update());
    }
  }

  /// Along the sequence: there is no index by account, which every event would have to pay for.
  private void eraseEvents(long account) throws StoreFailed, InterruptedException {
    long from = 0;
    while (from >= 0) {
      long after = from;
      from = writer.write(transaction -> eraseEvents(transaction.db(), account, after));
    }
  }

  /// @return the last sequence looked at; -1 when there are no more
  private static long eraseEvents(Db db, long account, long after)
      throws SQLException, StoreFailed {
    Optional<Long> last =
        db.sql(
                "SELECT max(sequence) FROM (SELECT sequence FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?)")
            .with(after)
            .with(EVENTS_LOOKED_AT_ONCE)
            .first(row -> row.getLong(1));
    if (last.isEmpty() || last.get() == 0) {
      return -1;
    }
    db.sql("DELETE FROM events WHERE sequence > ? AND sequence <= ? AND account = ?")
        .with(after)
        .with(last.get())
        .with(account)
        .update();
    return last.get();
  }
}
