package wildcat.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.Contact;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;

/// The chats and persons of all accounts, for reading.
final class SqliteChats implements ChatArchive {
  private static final String ACCOUNT = "(SELECT id FROM accounts WHERE name = ?)";

  /// How many messages of others came after the last one read, of tables `k` (key) and `s` (chats).
  private static final String UNREAD =
      """
      (SELECT count(*) FROM (SELECT 1 FROM messages u
        WHERE u.account = k.account AND u.chat = k.chat AND u.hidden = 0
          AND u.timestamp >= coalesce(s.read_time, -1)
          AND (u.timestamp, u.row) > (coalesce(s.read_time, -1), coalesce(s.read_row, -1))
          AND u.from_me = 0 LIMIT 9999))
      """;

  /// What a [Chat] is made of, besides its messages.
  private static final String COLUMNS =
      "s.archived, s.pinned_at, s.muted_until, s.marked_unread, "
          + UNREAD
          + ", n.person, n.push_name, n.verified_name, n.saved_name";

  private static final String JOINED =
      """
       LEFT JOIN chats s ON s.account = k.account AND s.chat = k.chat
       LEFT JOIN contacts n ON n.account = k.account AND n.person = k.chat
      """;

  private final Readers readers;

  SqliteChats(Readers readers) {
    this.readers = readers;
  }

  /// Along one index; the messages themselves are read for the chats of the page only.
  @Override
  public List<Chat> chats(ChatQuery query) throws StoreFailed {
    String archived = query.archived().isPresent() ? " AND coalesce(s.archived, 0) = ?" : "";
    String before = query.before().isPresent() ? " AND (k.newest, k.last) < (?, ?)" : "";
    return readers.read(db -> {
      Sql sql =
          db.sql(
                  "SELECT "
                      + MessageRows.COLUMNS
                      + ", k.count, "
                      + COLUMNS
                      + """
                       FROM (
                        SELECT c.account AS account, c.chat AS chat, c.count AS count,
                          c.newest AS newest, (
                            SELECT l.row FROM messages l
                            WHERE l.account = c.account AND l.chat = c.chat AND l.hidden = 0
                            ORDER BY l.timestamp DESC, l.row DESC LIMIT 1) AS last
                        FROM (
                          SELECT account, chat, count(*) AS count, max(timestamp) AS newest
                          FROM messages WHERE account =
                      """
                      + ACCOUNT
                      + " AND hidden = 0 GROUP BY chat) c) k JOIN messages m ON m.row = k.last"
                      + " JOIN accounts a ON a.id = k.account"
                      + JOINED
                      + " WHERE 1 = 1"
                      + archived
                      + before
                      + " ORDER BY k.newest DESC, k.last DESC LIMIT ?")
              .with(query.account().value());
      if (query.archived().isPresent()) {
        var _ = sql.with(query.archived().get() ? 1 : 0);
      }
      if (query.before().isPresent()) {
        var _ = sql.with(query.before().get().timestampMillis()).with(query.before().get().row());
      }
      return sql.with(query.limit())
          .list(row -> {
            ArchivedMessage last = MessageRows.archived(row);
            return chat(row, last.message().chat(), Optional.of(last), row.getLong(16), 17);
          });
    });
  }

  private static Chat chat(
      ResultSet row, Jid chat, Optional<ArchivedMessage> last, long count, int first)
      throws SQLException, StoreFailed {
    return new Chat(
        chat,
        ChatRows.settings(row, first),
        row.getInt(first + 3) == 1,
        row.getInt(first + 4),
        count,
        last,
        row.getString(first + 5) == null
            ? Optional.empty()
            : Optional.of(ChatRows.contact(row, first + 5)));
  }

  @Override
  public Optional<Chat> chat(AccountId account, Jid chat) throws StoreFailed {
    return readers.read(db -> {
      Optional<ArchivedMessage> last =
          db.sql(
                  "SELECT "
                      + MessageRows.COLUMNS
                      + MessageRows.FROM
                      + "WHERE m.account = "
                      + ACCOUNT
                      + " AND m.hidden = 0 AND m.chat = ?"
                      + " ORDER BY m.timestamp DESC, m.row DESC LIMIT 1")
              .with(account.value())
              .with(chat)
              .first(MessageRows::archived);
      return db.sql(
              "SELECT s.chat, "
                  + COLUMNS
                  + " FROM (SELECT id AS account, ? AS chat FROM accounts WHERE name = ?) k"
                  + JOINED)
          .with(chat)
          .with(account.value())
          .first(row -> {
            boolean known = last.isPresent() || row.getString(1) != null;
            return known
                ? Optional.of(chat(row, chat, last, last.isPresent() ? 1 : 0, 2))
                : Optional.<Chat>empty();
          })
          .orElse(Optional.empty());
    });
  }

  @Override
  public List<Contact> contacts(ContactQuery query) throws StoreFailed {
    boolean named = !query.name().isEmpty();
    return readers.read(db -> {
      Sql sql =
          db.sql(
                  "SELECT person, push_name, verified_name, saved_name FROM contacts WHERE account = "
                      + ACCOUNT
                      + " AND person > ?"
                      + (named
                          ? " AND (push_name LIKE ? ESCAPE '\\' OR verified_name LIKE ? ESCAPE '\\'"
                              + " OR saved_name LIKE ? ESCAPE '\\')"
                          : "")
                      + " ORDER BY person LIMIT ?")
              .with(query.account().value())
              .with(query.after().map(Jid::toString).orElse(""));
      if (named) {
        String part = SqliteMessages.part(query.name());
        var _ = sql.with(part).with(part).with(part);
      }
      return sql.with(query.limit()).list(row -> ChatRows.contact(row, 1));
    });
  }

  @Override
  public Optional<Contact> contact(AccountId account, Jid person) throws StoreFailed {
    return readers.read(db ->
        db.sql(
                "SELECT person, push_name, verified_name, saved_name FROM contacts WHERE account = "
                    + ACCOUNT
                    + " AND person = ?")
            .with(account.value())
            .with(person)
            .first(row -> ChatRows.contact(row, 1)));
  }

  @Override
  public Optional<Jid> twin(AccountId account, Jid user) throws StoreFailed {
    String text =
        user.isPn()
            ? "SELECT lid FROM lids WHERE account = " + ACCOUNT + " AND pn = ?"
            : "SELECT pn FROM lids WHERE account = " + ACCOUNT + " AND lid = ?";
    return readers.read(db ->
        db.sql(text).with(account.value()).with(user).first(row -> LidRows.jid(row.getString(1))));
  }
}
