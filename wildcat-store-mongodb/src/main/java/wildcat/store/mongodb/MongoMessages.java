package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.event.AccountId;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.client.store.MessageArchive;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.store.mongodb.Database.Query;

/// The messages of all accounts, for reading.
final class MongoMessages implements MessageArchive {
  private static final Document NEWEST_FIRST = new Document("time", -1).append("row", -1);

  private final Database database;

  MongoMessages(Database database) {
    this.database = database;
  }

  /// The newest of what `filter` leaves.
  static Query newest(Bson filter) {
    return new Query(Names.MESSAGES, and(filter, gt("row", 0L)), NEWEST_FIRST, 1, 0);
  }

  @Override
  public List<ArchivedMessage> find(MessageQuery query) throws StoreFailed {
    Optional<Bson> filter = filter(query);
    if (filter.isEmpty() || query.limit() == 0) {
      return List.of();
    }
    var found = new ArrayList<ArchivedMessage>();
    for (Document document :
        database.find(
            new Query(Names.MESSAGES, filter.get(), NEWEST_FIRST, query.limit(), query.offset()))) {
      found.add(MessageDocuments.archived(document));
    }
    return found;
  }

  @Override
  public long count(MessageQuery query) throws StoreFailed {
    Optional<Bson> filter = filter(query);
    return filter.isEmpty() ? 0 : database.count(Names.MESSAGES, filter.get());
  }

  /// Empty when nothing can be found, because the row the page begins after is gone.
  private Optional<Bson> filter(MessageQuery query) throws StoreFailed {
    var all = new ArrayList<Bson>();
    all.add(gt("row", 0L));
    all.add(eq("hidden", false));
    query.account().ifPresent(account -> all.add(eq("accountId", account.value())));
    query.chat().ifPresent(chat -> all.add(eq("chatId", chat.toString())));
    query.before().ifPresent(before -> all.add(lt("time", before.toEpochMilli())));
    query.after().ifPresent(after -> all.add(gt("time", after.toEpochMilli())));
    query.filter().fromMe().ifPresent(fromMe -> all.add(eq("fromMe", fromMe)));
    query.filter().type().ifPresent(type -> all.add(eq("type", type)));
    query
        .filter()
        .text()
        .ifPresent(text ->
            all.add(regex("text", Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE))));
    if (query.beforeRow().isPresent()) {
      long row = query.beforeRow().get();
      Optional<Document> last = database.first(Names.MESSAGES, eq("row", row));
      if (last.isEmpty()) {
        return Optional.empty();
      }
      long time = new Stored(last.get()).number("time");
      all.add(or(lt("time", time), and(eq("time", time), lt("row", row))));
    }
    return Optional.of(and(all));
  }

  @Override
  public List<Receipt> receipts(ArchivedMessage message) throws StoreFailed {
    if (!message.message().fromMe()) {
      return List.of();
    }
    String prefix =
        ChatDocuments.receiptsOf(
            message.account(), message.message().chat(), message.message().id());
    var byPerson = new TreeMap<String, Receipt>();
    for (Document document :
        database.find(
            new Query(Names.RECEIPTS, AuthIds.range(prefix), new Document("_id", 1), 0, 0))) {
      Receipt receipt = ChatDocuments.receipt(document);
      Jid person = shown(message.account(), receipt.person());
      byPerson.merge(
          person.toString(),
          new Receipt(person, receipt.deliveredAt(), receipt.readAt(), receipt.playedAt()),
          Receipt::and);
    }
    return List.copyOf(byPerson.values());
  }

  private Jid shown(AccountId account, Jid person) throws StoreFailed {
    if (!person.isLid()) {
      return person;
    }
    Optional<Document> mapped =
        database.first(Names.auth(account), eq("_id", AuthIds.pnOf(person)));
    return mapped.isEmpty() ? person : new Stored(mapped.get()).jid("pn");
  }

  @Override
  public Optional<ArchivedMessage> byId(AccountId account, MessageId id) throws StoreFailed {
    List<Document> found =
        database.find(newest(and(eq("accountId", account.value()), eq("messageId", id.value()))));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(MessageDocuments.archived(found.getFirst()));
  }

  @Override
  public List<ChatSummary> chats(AccountId account, int limit, int offset) throws StoreFailed {
    if (limit == 0) {
      return List.of();
    }
    List<Chat> chats = grouped(account, limit, offset);
    Map<Object, Document> last = new HashMap<>();
    if (!chats.isEmpty()) {
      List<Object> ids = chats.stream().map(Chat::lastMessage).toList();
      for (Document document :
          database.find(new Query(Names.MESSAGES, DocumentCache.ids(ids), NEWEST_FIRST, 0, 0))) {
        last.put(document.get("_id"), document);
      }
    }
    var summaries = new ArrayList<ChatSummary>();
    for (Chat chat : chats) {
      Document document = last.get(chat.lastMessage());
      if (document != null) { // else it was dropped a moment ago
        ArchivedMessage message = MessageDocuments.archived(document);
        summaries.add(new ChatSummary(message.message().chat(), chat.count(), message));
      }
    }
    return summaries;
  }

  private record Chat(Object lastMessage, long count) {}

  private List<Chat> grouped(AccountId account, int limit, int offset) throws StoreFailed {
    Bson mine = and(eq("accountId", account.value()), gt("row", 0L), eq("hidden", false));
    Optional<List<Document>> grouped =
        database.aggregate(
            Names.MESSAGES,
            List.of(
                Aggregates.match(mine),
                Aggregates.sort(NEWEST_FIRST),
                Aggregates.group(
                    "$chatId",
                    Accumulators.sum("count", 1L),
                    Accumulators.first("last", "$_id"),
                    Accumulators.first("time", "$time"),
                    Accumulators.first("row", "$row")),
                Aggregates.sort(NEWEST_FIRST),
                Aggregates.skip(offset),
                Aggregates.limit(limit)));
    if (grouped.isEmpty()) {
      return counted(mine, limit, offset);
    }
    var chats = new ArrayList<Chat>();
    for (Document group : grouped.get()) {
      chats.add(new Chat(new Stored(group).text("last"), new Stored(group).number("count")));
    }
    return chats;
  }

  /// The same for servers that cannot group like this: over all messages of the account.
  private List<Chat> counted(Bson mine, int limit, int offset) throws StoreFailed {
    var chats = new LinkedHashMap<String, Chat>();
    for (Document document : database.find(new Query(Names.MESSAGES, mine, NEWEST_FIRST, 0, 0))) {
      var fields = new Stored(document);
      chats.merge(
          fields.text("chatId"),
          new Chat(fields.text("_id"), 1),
          (newest, _) -> new Chat(newest.lastMessage(), newest.count() + 1));
    }
    return chats.values().stream().skip(offset).limit(limit).toList();
  }
}
