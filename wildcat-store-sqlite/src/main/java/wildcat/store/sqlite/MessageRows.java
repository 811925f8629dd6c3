package wildcat.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.Change;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.codec.MessageDetailsCodec;
import wildcat.client.store.codec.MessageDetailsCodec.Details;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// The rows of messages and of the ciphertexts they came from. Not sealed.
final class MessageRows {
  /// What [#archived] reads, of tables `m` and `a`.
  static final String COLUMNS =
      "m.chat, m.id, m.sender, m.from_me, m.timestamp, m.push_name, m.type, m.text, m.status,"
          + " m.details, m.content, m.stored_at, m.updated_at, m.row, a.name";

  static final String FROM = " FROM messages m JOIN accounts a ON a.id = m.account ";

  private static final int HASH_BYTES = 16;
  private static final List<MessageStatus> STATUSES =
      List.of(
          MessageStatus.PENDING,
          MessageStatus.FAILED,
          MessageStatus.SENT,
          MessageStatus.DELIVERED,
          MessageStatus.READ,
          MessageStatus.PLAYED,
          MessageStatus.RECEIVED);

  private MessageRows() {}

  static void add(Transaction transaction, long account, ChatMessage message, Instant now)
      throws SQLException, StoreFailed {
    Db db = transaction.db();
    boolean known =
        db.sql("SELECT 1 FROM messages WHERE account = ? AND id = ? AND chat = ? AND sender = ?")
            .with(account)
            .with(message.id().value())
            .with(message.chat())
            .with(message.sender())
            .exists();
    if (known) {
      return;
    }
    db.sql(
            """
            INSERT INTO messages(row, account, chat, id, sender, from_me, timestamp, status,
              stored_at, updated_at, type, push_name, text, details, content, hidden)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .with(transaction.next(Transaction.Counter.MESSAGE))
        .with(account)
        .with(message.chat())
        .with(message.id().value())
        .with(message.sender())
        .with(message.fromMe() ? 1 : 0)
        .with(message.timestamp())
        .with(number(message.status()))
        .with(now)
        .with(now)
        .with(message.type())
        .with(message.pushName())
        .with(message.text())
        .with(MessageDetailsCodec.encode(Details.of(message)))
        .with(message.content())
        .with(message.isAction() ? 1 : 0)
        .update();
  }

  static void revise(Db db, long account, ChatMessage message, Instant now) throws SQLException {
    db.sql(
            """
            UPDATE messages SET text = ?, details = ?, content = ?, updated_at = ?
            WHERE account = ? AND id = ? AND chat = ? AND sender = ?
            """)
        .with(message.text())
        .with(MessageDetailsCodec.encode(Details.of(message)))
        .with(message.content())
        .with(now)
        .with(account)
        .with(message.id().value())
        .with(message.chat())
        .with(message.sender())
        .update();
  }

  static void advance(Db db, long account, Change.AdvanceMessage change, Instant now)
      throws SQLException, StoreFailed {
    List<Standing> sent =
        db.sql(
                """
                SELECT row, status, timestamp FROM messages
                WHERE account = ? AND id = ? AND chat = ? AND from_me = 1
                """)
            .with(account)
            .with(change.id().value())
            .with(change.chat())
            .list(row -> new Standing(row.getLong(1), status(row.getInt(2)), row.getLong(3)));
    for (Standing before : sent) {
      boolean forward = change.status().follows(before.status());
      long timestamp = change.timestamp().map(Instant::toEpochMilli).orElse(before.timestamp());
      if (forward || timestamp != before.timestamp()) {
        db.sql("UPDATE messages SET status = ?, timestamp = ?, updated_at = ? WHERE row = ?")
            .with(number(forward ? change.status() : before.status()))
            .with(timestamp)
            .with(now)
            .with(before.row())
            .update();
      }
    }
  }

  private record Standing(long row, MessageStatus status, long timestamp) {}

  static void renameChat(Db db, long account, Jid lid, Jid pn) throws SQLException {
    // the sender first: it decides which of two messages are the same
    db.sql(
            """
            UPDATE OR IGNORE messages SET chat = ?2, sender = CASE sender WHEN ?3 THEN ?2 ELSE sender END
            WHERE account = ?1 AND chat = ?3
            """)
        .with(account)
        .with(pn)
        .with(lid)
        .update();
    // what is left was in both chats
    db.sql("DELETE FROM messages WHERE account = ? AND chat = ?").with(account).with(lid).update();
  }

  static void remember(Db db, long account, byte[] hash, Instant now) throws SQLException {
    db.sql("INSERT INTO ciphertexts(account, hash, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .with(account)
        .with(hash)
        .with(now)
        .update();
  }

  static boolean knows(Db db, long account, byte[] hash) throws SQLException, StoreFailed {
    return db.sql("SELECT 1 FROM ciphertexts WHERE account = ? AND hash = ?")
        .with(account)
        .with(hash)
        .exists();
  }

  /// What a ciphertext is known by: 16 bytes over its sender, its id and its own hash.
  static byte[] ciphertextHash(Jid sender, MessageId id, Bytes sha256) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(sender.toString(), id.value())) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (utf8.length >> 8));
        digest.update((byte) utf8.length);
        digest.update(utf8);
      }
      return Arrays.copyOf(digest.digest(sha256.toArray()), HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /// The newest of what `condition` leaves, which names an id: a handful of rows. Plus signs, or SQLite would
  /// look through a whole chat in order of time to be spared the sorting.
  static String newestOf(String condition) {
    return "SELECT "
        + COLUMNS
        + FROM
        + "WHERE "
        + condition
        + " ORDER BY +m.timestamp DESC, +m.row DESC LIMIT 1";
  }

  static Optional<ChatMessage> message(Db db, long account, Jid chat, MessageId id)
      throws SQLException, StoreFailed {
    return db.sql(newestOf("m.account = ? AND m.id = ? AND m.chat = ?"))
        .with(account)
        .with(id.value())
        .with(chat)
        .first(MessageRows::message);
  }

  static List<ChatMessage> unacknowledged(Db db, long account, int limit)
      throws SQLException, StoreFailed {
    return db.sql(
            "SELECT "
                + COLUMNS
                + FROM
                + "WHERE m.account = ? AND m.status = 0 AND m.from_me = 1 ORDER BY m.row LIMIT ?")
        .with(account)
        .with(limit)
        .list(MessageRows::message);
  }

  static ArchivedMessage archived(ResultSet row) throws SQLException, StoreFailed {
    return new ArchivedMessage(
        new AccountId(row.getString(15)),
        message(row),
        Instant.ofEpochMilli(row.getLong(12)),
        Instant.ofEpochMilli(row.getLong(13)),
        row.getLong(14));
  }

  private static ChatMessage message(ResultSet row) throws SQLException, StoreFailed {
    Details details = MessageDetailsCodec.decode(Bytes.wrap(row.getBytes(10)));
    return new ChatMessage(
        LidRows.jid(row.getString(1)),
        id(row.getString(2)),
        LidRows.jid(row.getString(3)),
        row.getInt(4) == 1,
        Instant.ofEpochMilli(row.getLong(5)),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        details.quote(),
        details.mentions(),
        details.forwarded(),
        status(row.getInt(9)),
        details.origin(),
        Bytes.wrap(row.getBytes(11)),
        details.marks());
  }

  private static MessageId id(String value) throws StoreFailed {
    try {
      return new MessageId(value);
    } catch (IllegalArgumentException e) {
      throw new StoreFailed.Unreadable("a stored message id is damaged", e);
    }
  }

  private static int number(MessageStatus status) {
    return STATUSES.indexOf(status);
  }

  private static MessageStatus status(int number) throws StoreFailed {
    if (number < 0 || number >= STATUSES.size()) {
      throw new StoreFailed.Unreadable("a stored message has status " + number);
    }
    return STATUSES.get(number);
  }
}
