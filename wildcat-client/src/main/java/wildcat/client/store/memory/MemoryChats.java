package wildcat.client.store.memory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import wildcat.client.event.AccountId;
import wildcat.client.event.Contact;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.MessageArchive.ChatSummary;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.memory.AccountTables.StoredChat;
import wildcat.protocol.jid.Jid;

/// The chats and persons of all accounts. Everything is read under the store's lock.
final class MemoryChats implements ChatArchive {
  private final ReentrantLock lock;
  private final MemoryMessages messages;
  private final Function<AccountId, AccountTables> tables;

  /// @param tables called under the lock
  MemoryChats(
      ReentrantLock lock, MemoryMessages messages, Function<AccountId, AccountTables> tables) {
    this.lock = lock;
    this.messages = messages;
    this.tables = tables;
  }

  @Override
  public List<Chat> chats(ChatQuery query) {
    return locked(() -> {
      Stream<ChatSummary> all =
          messages.chats(query.account(), Integer.MAX_VALUE, 0).stream()
              .filter(summary -> isBefore(summary.lastMessage(), query.before()));
      return all.map(summary ->
              chat(
                  query.account(),
                  summary.chat(),
                  Optional.of(summary.lastMessage()),
                  summary.messageCount()))
          .filter(chat ->
              query.archived().isEmpty() || query.archived().get() == chat.settings().archived())
          .limit(query.limit())
          .toList();
    });
  }

  private static boolean isBefore(ArchivedMessage last, Optional<Position> before) {
    if (before.isEmpty()) {
      return true;
    }
    Position here = MemoryMessages.position(last);
    Position there = before.get();
    return here.timestampMillis() < there.timestampMillis()
        || (here.timestampMillis() == there.timestampMillis() && here.row() < there.row());
  }

  @Override
  public Optional<Chat> chat(AccountId account, Jid chat) {
    return locked(() -> {
      List<ArchivedMessage> last = messages.find(MessageQuery.all(1, 0).of(account).in(chat));
      return last.isEmpty() && !tables.apply(account).chats.containsKey(chat)
          ? Optional.empty()
          : Optional.of(chat(account, chat, last.stream().findFirst(), last.size()));
    });
  }

  private Chat chat(AccountId account, Jid chat, Optional<ArchivedMessage> last, long count) {
    AccountTables of = tables.apply(account);
    StoredChat stored = of.chats.getOrDefault(chat, StoredChat.NEW);
    long unread =
        messages
            .unread(account, chat, stored.readMillis(), stored.readRow())
            .limit(MAX_UNREAD)
            .count();
    return new Chat(
        chat,
        stored.settings(),
        stored.markedUnread(),
        (int) unread,
        count,
        last,
        Optional.ofNullable(of.contacts.get(chat)));
  }

  @Override
  public List<Contact> contacts(ContactQuery query) {
    String part = MemoryMessages.lower(query.name());
    return locked(() ->
        tables.apply(query.account()).contacts.values().stream()
            .filter(contact ->
                query.after().isEmpty()
                    || contact.person().toString().compareTo(query.after().get().toString()) > 0)
            .filter(contact ->
                Stream.of(contact.pushName(), contact.verifiedName(), contact.savedName())
                    .anyMatch(name -> MemoryMessages.lower(name).contains(part)))
            .limit(query.limit())
            .toList());
  }

  @Override
  public Optional<Contact> contact(AccountId account, Jid person) {
    return locked(() -> Optional.ofNullable(tables.apply(account).contacts.get(person)));
  }

  @Override
  public Optional<Jid> twin(AccountId account, Jid user) {
    return locked(() -> {
      AccountTables of = tables.apply(account);
      return Optional.ofNullable((user.isPn() ? of.lidByPn : of.pnByLid).get(user));
    });
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }
}
