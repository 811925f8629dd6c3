package wildcat.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.event.Receipt;
import wildcat.client.store.Change;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;

/// The rows of chats, persons and receipts. Not sealed.
final class ChatRows {
  private ChatRows() {}

  static void apply(Db db, long account, Change.OfChats change) throws SQLException, StoreFailed {
    switch (change) {
      case Change.NoteReceipt receipt -> note(db, account, receipt);
      case Change.ReadChat read -> read(db, account, read);
      case Change.MarkUnread(var chat, boolean marked) -> markUnread(db, account, chat, marked);
      case Change.PutChatSettings(var chat, var settings) -> put(db, account, chat, settings);
      case Change.PutContact(var contact) -> put(db, account, contact);
    }
  }

  private static void note(Db db, long account, Change.NoteReceipt change)
      throws SQLException, StoreFailed {
    String column = column(change.status());
    List<Long> rows =
        db.sql(
                "SELECT row FROM messages WHERE account = ? AND id = ? AND chat = ?"
                    + " AND from_me = 1")
            .with(account)
            .with(change.id().value())
            .with(change.chat())
            .list(row -> row.getLong(1));
    for (long message : rows) {
      db.sql(
              "INSERT INTO receipts(message, person, "
                  + column
                  + ") VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
                  + column
                  + " = coalesce("
                  + column
                  + ", excluded."
                  + column
                  + ")")
          .with(message)
          .with(change.person())
          .with(change.at())
          .update();
    }
  }

  private static String column(MessageStatus status) {
    return switch (status) {
      case DELIVERED -> "delivered";
      case READ -> "read";
      case PLAYED -> "played";
      case PENDING, FAILED, SENT, RECEIVED ->
          throw new IllegalArgumentException("no receipt says " + status);
    };
  }

  static Optional<Receipt> receipt(Db db, long account, Jid chat, MessageId id, Jid person)
      throws SQLException, StoreFailed {
    return db.sql(
            """
            SELECT r.person, r.delivered, r.read, r.played
            FROM messages m JOIN receipts r ON r.message = m.row AND r.person = ?
            WHERE m.account = ? AND m.id = ? AND m.chat = ? AND m.from_me = 1 LIMIT 1
            """)
        .with(person)
        .with(account)
        .with(id.value())
        .with(chat)
        .first(ChatRows::receipt);
  }

  /// Persons that were named by their lid are named by their pn where that is known now.
  static List<Receipt> receipts(Db db, long message) throws SQLException, StoreFailed {
    List<Receipt> noted =
        db.sql(
                """
                SELECT coalesce(l.pn, r.person), r.delivered, r.read, r.played
                FROM messages m JOIN receipts r ON r.message = m.row
                  LEFT JOIN lids l ON l.account = m.account AND l.lid = r.person
                WHERE m.row = ?
                """)
            .with(message)
            .list(ChatRows::receipt);
    var byPerson = new TreeMap<String, Receipt>();
    noted.forEach(receipt -> byPerson.merge(receipt.person().toString(), receipt, Receipt::and));
    return List.copyOf(byPerson.values());
  }

  private static Receipt receipt(ResultSet row) throws SQLException, StoreFailed {
    return new Receipt(LidRows.jid(row.getString(1)), time(row, 2), time(row, 3), time(row, 4));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static void read(Db db, long account, Change.ReadChat change)
      throws SQLException, StoreFailed {
    Optional<Place> last =
        db.sql(
                """
                SELECT m.timestamp, m.row FROM messages m
                WHERE m.account = ? AND m.id = ? AND m.chat = ?
                ORDER BY +m.timestamp DESC, +m.row DESC LIMIT 1
                """)
            .with(account)
            .with(change.upTo().value())
            .with(change.chat())
            .first(row -> new Place(row.getLong(1), row.getLong(2)));
    if (last.isEmpty()) {
      return;
    }
    db.sql(
            """
            INSERT INTO chats(account, chat, read_time, read_row) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET marked_unread = 0,
              read_row = iif((excluded.read_time, excluded.read_row) > (read_time, read_row),
                excluded.read_row, read_row),
              read_time = iif((excluded.read_time, excluded.read_row) > (read_time, read_row),
                excluded.read_time, read_time)
            """)
        .with(account)
        .with(change.chat())
        .with(last.get().timestamp())
        .with(last.get().row())
        .update();
  }

  private record Place(long timestamp, long row) {}

  private static void markUnread(Db db, long account, Jid chat, boolean marked)
      throws SQLException {
    db.sql(
            """
            INSERT INTO chats(account, chat, marked_unread) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET marked_unread = excluded.marked_unread
            """)
        .with(account)
        .with(chat)
        .with(marked ? 1 : 0)
        .update();
  }

  private static void put(Db db, long account, Jid chat, ChatSettings settings)
      throws SQLException {
    db.sql(
            """
            INSERT INTO chats(account, chat, archived, pinned_at, muted_until)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET archived = excluded.archived,
              pinned_at = excluded.pinned_at, muted_until = excluded.muted_until
            """)
        .with(account)
        .with(chat)
        .with(settings.archived() ? 1 : 0)
        .with(settings.pinnedAt().map(Instant::toEpochMilli).orElse(0L))
        .with(settings.mutedUntil().map(Instant::toEpochMilli).orElse(0L))
        .update();
  }

  static ChatSettings settings(Db db, long account, Jid chat) throws SQLException, StoreFailed {
    return db.sql(
            "SELECT archived, pinned_at, muted_until FROM chats WHERE account = ? AND chat = ?")
        .with(account)
        .with(chat)
        .first(row -> settings(row, 1))
        .orElse(ChatSettings.NONE);
  }

  /// From three columns, beginning at `first`; all NULL when there is no row.
  static ChatSettings settings(ResultSet row, int first) throws SQLException {
    return new ChatSettings(
        row.getInt(first) == 1, set(row.getLong(first + 1)), set(row.getLong(first + 2)));
  }

  private static Optional<Instant> set(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static List<ChatMessage> unread(Db db, long account, Jid chat, int limit)
      throws SQLException, StoreFailed {
    return db.sql(
            "SELECT "
                + MessageRows.COLUMNS
                + MessageRows.FROM
                + """
                WHERE m.account = ?1 AND m.chat = ?2 AND m.hidden = 0 AND m.from_me = 0
                  AND m.timestamp >= coalesce(
                    (SELECT read_time FROM chats WHERE account = ?1 AND chat = ?2), -1)
                  AND (m.timestamp, m.row) > (
                    coalesce((SELECT read_time FROM chats WHERE account = ?1 AND chat = ?2), -1),
                    coalesce((SELECT read_row FROM chats WHERE account = ?1 AND chat = ?2), -1))
                ORDER BY m.timestamp DESC, m.row DESC LIMIT ?3
                """)
        .with(account)
        .with(chat)
        .with(limit)
        .list(row -> MessageRows.archived(row).message());
  }

  private static void put(Db db, long account, Contact contact) throws SQLException {
    db.sql(
            """
            INSERT INTO contacts(account, person, push_name, verified_name, saved_name)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET push_name = excluded.push_name,
              verified_name = excluded.verified_name, saved_name = excluded.saved_name
            """)
        .with(account)
        .with(contact.person())
        .with(contact.pushName())
        .with(contact.verifiedName())
        .with(contact.savedName())
        .update();
  }

  static Optional<Contact> contact(Db db, long account, Jid person)
      throws SQLException, StoreFailed {
    return db.sql(
            """
            SELECT person, push_name, verified_name, saved_name FROM contacts
            WHERE account = ? AND person = ?
            """)
        .with(account)
        .with(person)
        .first(row -> contact(row, 1));
  }

  /// From four columns, beginning at `first`.
  static Contact contact(ResultSet row, int first) throws SQLException, StoreFailed {
    return new Contact(
        LidRows.jid(row.getString(first)),
        row.getString(first + 1),
        row.getString(first + 2),
        row.getString(first + 3));
  }

  /// What is under the lid moves to the pn, where that has nothing of its own.
  static void rename(Db db, long account, Jid lid, Jid pn) throws SQLException {
    db.sql("UPDATE OR IGNORE chats SET chat = ? WHERE account = ? AND chat = ?")
        .with(pn)
        .with(account)
        .with(lid)
        .update();
    db.sql("DELETE FROM chats WHERE account = ? AND chat = ?").with(account).with(lid).update();
    db.sql(
            """
            INSERT INTO contacts(account, person, push_name, verified_name, saved_name)
            SELECT account, ?2, push_name, verified_name, saved_name FROM contacts
            WHERE account = ?1 AND person = ?3
            ON CONFLICT DO UPDATE SET
              push_name = iif(push_name = '', excluded.push_name, push_name),
              verified_name = iif(verified_name = '', excluded.verified_name, verified_name),
              saved_name = iif(saved_name = '', excluded.saved_name, saved_name)
            """)
        .with(account)
        .with(pn)
        .with(lid)
        .update();
    db.sql("DELETE FROM contacts WHERE account = ? AND person = ?")
        .with(account)
        .with(lid)
        .update();
  }
}
