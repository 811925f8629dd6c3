package wildcat.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.client.store.MessageArchive;
import wildcat.client.store.StoreFailed;

/// The messages of all accounts, for reading.
final class SqliteMessages implements MessageArchive {
  private final Readers readers;

  SqliteMessages(Readers readers) {
    this.readers = readers;
  }

  @Override
  public List<ArchivedMessage> find(MessageQuery query) throws StoreFailed {
    return readers.read(db ->
        restricted(
                db,
                "SELECT " + MessageRows.COLUMNS + MessageRows.FROM,
                query,
                " ORDER BY m.timestamp DESC, m.row DESC LIMIT ? OFFSET ?")
            .with(query.limit())
            .with(query.offset())
            .list(MessageRows::archived));
  }

  @Override
  public long count(MessageQuery query) throws StoreFailed {
    return readers.read(
        db -> restricted(db, "SELECT count(*)" + MessageRows.FROM, query, "").number());
  }

  /// The statement with the query's conditions, and their values given.
  private static Sql restricted(Db db, String start, MessageQuery query, String end)
      throws SQLException {
    var text = new StringBuilder(start);
    var values = new ArrayList<Object>();
    if (query.account().isPresent()) {
      text.append("WHERE m.account = (SELECT id FROM accounts WHERE name = ?)");
      values.add(query.account().get().value());
    } else {
      text.append("WHERE a.name IS NOT NULL");
    }
    text.append(" AND m.hidden = 0");
    if (query.chat().isPresent()) {
      text.append(" AND m.chat = ?");
      values.add(query.chat().get().toString());
    }
    if (query.before().isPresent()) {
      text.append(" AND m.timestamp < ?");
      values.add(query.before().get().toEpochMilli());
    }
    if (query.after().isPresent()) {
      text.append(" AND m.timestamp > ?");
      values.add(query.after().get().toEpochMilli());
    }
    if (query.filter().fromMe().isPresent()) {
      text.append(" AND m.from_me = ?");
      values.add(query.filter().fromMe().get() ? 1L : 0L);
    }
    if (query.filter().type().isPresent()) {
      text.append(" AND m.type = ?");
      values.add(query.filter().type().get());
    }
    if (query.filter().text().isPresent()) {
      text.append(" AND m.text LIKE ? ESCAPE '\\'");
      values.add(part(query.filter().text().get()));
    }
    if (query.beforeRow().isPresent()) {
      text.append(
          " AND (m.timestamp, m.row) < (SELECT timestamp, row FROM messages WHERE row = ?)");
      values.add(query.beforeRow().get());
    }
    Sql sql = db.sql(text.append(end).toString());
    for (Object value : values) {
      var _ = value instanceof Long number ? sql.with(number) : sql.with((String) value);
    }
    return sql;
  }

  /// The pattern of texts that contain `text`.
  static String part(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  @Override
  public List<Receipt> receipts(ArchivedMessage message) throws StoreFailed {
    return readers.read(db -> ChatRows.receipts(db, message.row()));
  }

  @Override
  public Optional<ArchivedMessage> byId(AccountId account, MessageId id) throws StoreFailed {
    return readers.read(db ->
        db.sql(MessageRows.newestOf("a.name = ? AND m.id = ?"))
            .with(account.value())
            .with(id.value())
            .first(MessageRows::archived));
  }

  /// Counts along one index; the messages themselves are read for the chats of the page only.
  @Override
  public List<ChatSummary> chats(AccountId account, int limit, int offset) throws StoreFailed {
    return readers.read(db ->
        db.sql(
                "SELECT "
                    + MessageRows.COLUMNS
                    + ", p.count"
                    + """
                     FROM (
                      SELECT c.count AS count, c.newest AS newest, (
                        SELECT l.row FROM messages l
                        WHERE l.account = c.account AND l.chat = c.chat AND l.hidden = 0
                        ORDER BY l.timestamp DESC, l.row DESC LIMIT 1) AS last
                      FROM (
                        SELECT account, chat, count(*) AS count, max(timestamp) AS newest
                        FROM messages
                        WHERE account = (SELECT id FROM accounts WHERE name = ?) AND hidden = 0
                        GROUP BY chat) c
                      ORDER BY newest DESC, last DESC LIMIT ? OFFSET ?) p
                    JOIN messages m ON m.row = p.last JOIN accounts a ON a.id = m.account
                    ORDER BY m.timestamp DESC, m.row DESC
                    """)
            .with(account.value())
            .with(limit)
            .with(offset)
            .list(row -> {
              ArchivedMessage last = MessageRows.archived(row);
              return new ChatSummary(last.message().chat(), row.getLong(16), last);
            }));
  }
}
