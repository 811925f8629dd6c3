package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.or;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import wildcat.client.event.AccountId;
import wildcat.client.event.Contact;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.MessageArchive.ChatSummary;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.store.mongodb.ChatDocuments.Stand;

/// The chats and persons of all accounts, for reading.
final class MongoChats implements ChatArchive {
  private static final int AT_ONCE = 200;

  private final Database database;
  private final MongoMessages messages;

  MongoChats(Database database, MongoMessages messages) {
    this.database = database;
    this.messages = messages;
  }

  @Override
  public List<Chat> chats(ChatQuery query) throws StoreFailed {
    var found = new ArrayList<Chat>();
    List<ChatSummary> page;
    int offset = 0;
    do {
      page = messages.chats(query.account(), AT_ONCE, offset);
      offset += AT_ONCE;
      for (ChatSummary summary : page) {
        if (found.size() < query.limit() && isBefore(summary.lastMessage(), query.before())) {
          Stand stand = stand(query.account(), summary.chat());
          if (query.archived().isEmpty() || query.archived().get() == stand.settings().archived()) {
            found.add(
                chat(
                    query.account(),
                    summary.chat(),
                    stand,
                    Optional.of(summary.lastMessage()),
                    summary.messageCount()));
          }
        }
      }
    } while (page.size() == AT_ONCE && found.size() < query.limit());
    return found;
  }

  private static boolean isBefore(ArchivedMessage last, Optional<Position> before) {
    if (before.isEmpty()) {
      return true;
    }
    long millis = last.message().timestamp().toEpochMilli();
    return millis < before.get().timestampMillis()
        || (millis == before.get().timestampMillis() && last.row() < before.get().row());
  }

  @Override
  public Optional<Chat> chat(AccountId account, Jid chat) throws StoreFailed {
    List<ArchivedMessage> last = messages.find(MessageQuery.all(1, 0).of(account).in(chat));
    Optional<Document> stored = first(account, AuthIds.chat(chat));
    return last.isEmpty() && stored.isEmpty()
        ? Optional.empty()
        : Optional.of(
            chat(
                account,
                chat,
                ChatDocuments.stand(stored),
                last.stream().findFirst(),
                last.size()));
  }

  private Stand stand(AccountId account, Jid chat) throws StoreFailed {
    return ChatDocuments.stand(first(account, AuthIds.chat(chat)));
  }

  private Chat chat(
      AccountId account, Jid chat, Stand stand, Optional<ArchivedMessage> last, long count)
      throws StoreFailed {
    long unread = database.count(Names.MESSAGES, unread(account, chat, stand));
    return new Chat(
        chat,
        stand.settings(),
        stand.markedUnread(),
        (int) Math.min(unread, MAX_UNREAD),
        count,
        last,
        contact(account, chat));
  }

  /// Messages of others that came after the last one read.
  static Bson unread(AccountId account, Jid chat, Stand stand) {
    return and(
        eq("accountId", account.value()),
        eq("chatId", chat.toString()),
        gt("row", 0L),
        eq("hidden", false),
        eq("fromMe", false),
        or(
            gt("time", stand.readTime()),
            and(eq("time", stand.readTime()), gt("row", stand.readRow()))));
  }

  @Override
  public List<Contact> contacts(ContactQuery query) throws StoreFailed {
    String part = query.name().toLowerCase(Locale.ROOT);
    var found = new ArrayList<Contact>();
    String after = AuthIds.contacts() + query.after().map(Jid::toString).orElse("");
    List<Document> page;
    do {
      page =
          database.find(
              new Database.Query(
                  Names.auth(query.account()),
                  and(AuthIds.range(AuthIds.contacts()), gt("_id", after)),
                  new Document("_id", 1),
                  AT_ONCE,
                  0));
      for (Document document : page) {
        Contact contact = ChatDocuments.contact(document);
        after = Stored.id(document).toString();
        boolean named =
            Stream.of(contact.pushName(), contact.verifiedName(), contact.savedName())
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part));
        if (named && found.size() < query.limit()) {
          found.add(contact);
        }
      }
    } while (page.size() == AT_ONCE && found.size() < query.limit());
    return found;
  }

  @Override
  public Optional<Contact> contact(AccountId account, Jid person) throws StoreFailed {
    Optional<Document> stored = first(account, AuthIds.contact(person));
    return stored.isEmpty() ? Optional.empty() : Optional.of(ChatDocuments.contact(stored.get()));
  }

  @Override
  public Optional<Jid> twin(AccountId account, Jid user) throws StoreFailed {
    Optional<Document> found =
        first(account, user.isPn() ? AuthIds.lidOf(user) : AuthIds.pnOf(user));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Stored(found.get()).jid(user.isPn() ? "lid" : "pn"));
  }

  private Optional<Document> first(AccountId account, String id) throws StoreFailed {
    return database.first(Names.auth(account), eq("_id", id)).flatMap(PlannedUnit::alive);
  }
}
