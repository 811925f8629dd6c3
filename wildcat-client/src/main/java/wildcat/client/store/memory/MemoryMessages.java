package wildcat.client.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.event.Receipt;
import wildcat.client.store.Change;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.MessageArchive;
import wildcat.protocol.jid.Jid;

/// The messages of all accounts. All fields are guarded by the store's lock: the methods of the interface
/// take it, the others are called with it.
final class MemoryMessages implements MessageArchive {
  private static final Comparator<ArchivedMessage> NEWEST_FIRST =
      Comparator.<ArchivedMessage, Instant>comparing(stored -> stored.message().timestamp())
          .thenComparingLong(ArchivedMessage::row)
          .reversed();

  private final ReentrantLock lock;

  private final TreeMap<Long, ArchivedMessage> rows = new TreeMap<>();

  private final Map<IdKey, List<Long>> byId = new HashMap<>();

  /// By row of the message, then by person as named then.
  private final Map<Long, Map<Jid, Receipt>> receipts = new HashMap<>();

  /// Who a lid is, as known now.
  private final BiFunction<AccountId, Jid, Jid> shown;

  private long lastRow;

  /// @param shown the pn of a lid where it is known; called under the lock
  MemoryMessages(ReentrantLock lock, BiFunction<AccountId, Jid, Jid> shown) {
    this.lock = lock;
    this.shown = shown;
  }

  void add(AccountId account, ChatMessage message, Instant now, Undo undo) {
    boolean known =
        withId(account, message.id())
            .anyMatch(stored ->
                stored.message().chat().equals(message.chat())
                    && stored.message().sender().equals(message.sender()));
    if (known) {
      return;
    }
    long row = ++lastRow;
    put(new ArchivedMessage(account, message, now, now, row), undo);
  }

  void advance(AccountId account, Change.AdvanceMessage change, Instant now, Undo undo) {
    List<ArchivedMessage> sent =
        withId(account, change.id())
            .filter(stored -> stored.message().fromMe())
            .filter(stored -> stored.message().chat().equals(change.chat()))
            .toList();
    for (ArchivedMessage stored : sent) {
      ChatMessage message = stored.message();
      if (change.status().follows(message.status())) {
        message = message.withStatus(change.status());
      }
      if (change.timestamp().isPresent()) {
        message = message.withTimestamp(change.timestamp().get());
      }
      if (!message.equals(stored.message())) {
        undo.put(
            rows,
            stored.row(),
            new ArchivedMessage(account, message, stored.storedAt(), now, stored.row()));
      }
    }
  }

  void revise(AccountId account, ChatMessage message, Instant now, Undo undo) {
    withId(account, message.id())
        .filter(stored -> stored.message().chat().equals(message.chat()))
        .filter(stored -> stored.message().sender().equals(message.sender()))
        .toList()
        .forEach(stored -> {
          ChatMessage revised =
              message
                  .withStatus(stored.message().status())
                  .withTimestamp(stored.message().timestamp());
          undo.put(
              rows,
              stored.row(),
              new ArchivedMessage(account, revised, stored.storedAt(), now, stored.row()));
        });
  }

  void note(AccountId account, Change.NoteReceipt change, Undo undo) {
    withId(account, change.id())
        .filter(stored -> stored.message().fromMe())
        .filter(stored -> stored.message().chat().equals(change.chat()))
        .toList()
        .forEach(stored -> {
          var noted = new HashMap<>(receipts.getOrDefault(stored.row(), Map.of()));
          noted.merge(
              change.person(),
              Receipt.none(change.person()).noting(change.status(), change.at()),
              (before, _) -> before.noting(change.status(), change.at()));
          undo.put(receipts, stored.row(), Map.copyOf(noted));
        });
  }

  Optional<Receipt> receipt(AccountId account, Jid chat, MessageId id, Jid person) {
    return withId(account, id)
        .filter(stored -> stored.message().fromMe() && stored.message().chat().equals(chat))
        .flatMap(stored ->
            Optional.ofNullable(receipts.getOrDefault(stored.row(), Map.of()).get(person)).stream())
        .findFirst();
  }

  @Override
  public List<Receipt> receipts(ArchivedMessage message) {
    lock.lock();
    try {
      var byPerson = new TreeMap<String, Receipt>();
      for (Receipt receipt : receipts.getOrDefault(message.row(), Map.of()).values()) {
        Jid person = shown.apply(message.account(), receipt.person());
        var named =
            new Receipt(person, receipt.deliveredAt(), receipt.readAt(), receipt.playedAt());
        byPerson.merge(person.toString(), named, Receipt::and);
      }
      return List.copyOf(byPerson.values());
    } finally {
      lock.unlock();
    }
  }

  /// Where the newest message with that id stands.
  Optional<ChatArchive.Position> position(AccountId account, Jid chat, MessageId id) {
    return withId(account, id)
        .filter(stored -> stored.message().chat().equals(chat))
        .min(NEWEST_FIRST)
        .map(MemoryMessages::position);
  }

  static ChatArchive.Position position(ArchivedMessage stored) {
    return new ChatArchive.Position(stored.message().timestamp().toEpochMilli(), stored.row());
  }

  /// Messages of others after a position, newest first.
  Stream<ArchivedMessage> unread(AccountId account, Jid chat, long readMillis, long readRow) {
    return rows.values().stream()
        .filter(stored -> stored.account().equals(account) && !stored.message().fromMe())
        .filter(stored -> stored.message().chat().equals(chat) && !stored.message().isAction())
        .filter(stored -> {
          long millis = stored.message().timestamp().toEpochMilli();
          return millis > readMillis || (millis == readMillis && stored.row() > readRow);
        })
        .sorted(NEWEST_FIRST);
  }

  /// Moves the chat of `lid` to `pn`.
  void renameChat(AccountId account, Jid lid, Jid pn, Undo undo) {
    List<ArchivedMessage> moving =
        rows.values().stream()
            .filter(
                stored -> stored.account().equals(account) && stored.message().chat().equals(lid))
            .toList();
    for (ArchivedMessage stored : moving) {
      ChatMessage moved = renamed(stored.message(), lid, pn);
      boolean known =
          withId(account, moved.id())
              .anyMatch(other ->
                  other.message().chat().equals(pn)
                      && other.message().sender().equals(moved.sender()));
      if (known) {
        drop(stored, undo);
      } else {
        undo.put(
            rows,
            stored.row(),
            new ArchivedMessage(
                account, moved, stored.storedAt(), stored.updatedAt(), stored.row()));
      }
    }
  }

  private static ChatMessage renamed(ChatMessage old, Jid lid, Jid pn) {
    return old.of(pn, old.sender().equals(lid) ? pn : old.sender());
  }

  private void put(ArchivedMessage stored, Undo undo) {
    undo.put(rows, stored.row(), stored);
    var key = new IdKey(stored.account(), stored.message().id());
    var list = new ArrayList<>(byId.getOrDefault(key, List.of()));
    list.add(stored.row());
    undo.put(byId, key, List.copyOf(list));
  }

  private void drop(ArchivedMessage stored, Undo undo) {
    undo.remove(rows, stored.row());
    undo.remove(receipts, stored.row());
    var key = new IdKey(stored.account(), stored.message().id());
    undo.put(
        byId,
        key,
        byId.getOrDefault(key, List.of()).stream().filter(row -> row != stored.row()).toList());
  }

  private Stream<ArchivedMessage> withId(AccountId account, MessageId id) {
    return byId.getOrDefault(new IdKey(account, id), List.of()).stream().map(rows::get);
  }

  Optional<ChatMessage> message(AccountId account, Jid chat, MessageId id) {
    return withId(account, id)
        .filter(stored -> stored.message().chat().equals(chat))
        .min(NEWEST_FIRST)
        .map(ArchivedMessage::message);
  }

  List<ChatMessage> unacknowledged(AccountId account, int limit) {
    return rows.values().stream()
        .filter(stored -> stored.account().equals(account) && stored.message().fromMe())
        .map(ArchivedMessage::message)
        .filter(message -> message.status() == MessageStatus.PENDING)
        .limit(limit)
        .toList();
  }

  void purge(AccountId account) {
    rows.values().removeIf(stored -> stored.account().equals(account));
    receipts.keySet().retainAll(rows.keySet());
    byId.keySet().removeIf(key -> key.account().equals(account));
  }

  void prune(Instant storedBefore) {
    List<ArchivedMessage> old =
        rows.values().stream().filter(stored -> stored.storedAt().isBefore(storedBefore)).toList();
    var undo = new Undo();
    old.forEach(stored -> drop(stored, undo));
    byId.values().removeIf(List::isEmpty);
  }

  @Override
  public List<ArchivedMessage> find(MessageQuery query) {
    lock.lock();
    try {
      return matching(query)
          .sorted(NEWEST_FIRST)
          .skip(query.offset())
          .limit(query.limit())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long count(MessageQuery query) {
    lock.lock();
    try {
      return matching(query).count();
    } finally {
      lock.unlock();
    }
  }

  private Stream<ArchivedMessage> matching(MessageQuery query) {
    Stream<ArchivedMessage> found =
        rows.values().stream().filter(stored -> !stored.message().isAction());
    if (query.account().isPresent()) {
      found = found.filter(stored -> stored.account().equals(query.account().get()));
    }
    if (query.chat().isPresent()) {
      found = found.filter(stored -> stored.message().chat().equals(query.chat().get()));
    }
    if (query.before().isPresent()) {
      found = found.filter(stored -> stored.message().timestamp().isBefore(query.before().get()));
    }
    if (query.after().isPresent()) {
      found = found.filter(stored -> stored.message().timestamp().isAfter(query.after().get()));
    }
    if (query.filter().fromMe().isPresent()) {
      boolean wanted = query.filter().fromMe().get();
      found = found.filter(stored -> stored.message().fromMe() == wanted);
    }
    if (query.filter().type().isPresent()) {
      found = found.filter(stored -> stored.message().type().equals(query.filter().type().get()));
    }
    if (query.filter().text().isPresent()) {
      String wanted = lower(query.filter().text().get());
      found = found.filter(stored -> lower(stored.message().text()).contains(wanted));
    }
    if (query.beforeRow().isPresent()) {
      ArchivedMessage last = rows.get(query.beforeRow().get());
      found =
          last == null
              ? Stream.empty()
              : found.filter(stored -> NEWEST_FIRST.compare(last, stored) < 0);
    }
    return found;
  }

  @Override
  public Optional<ArchivedMessage> byId(AccountId account, MessageId id) {
    lock.lock();
    try {
      return withId(account, id).min(NEWEST_FIRST);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<ChatSummary> chats(AccountId account, int limit, int offset) {
    var chats = new LinkedHashMap<Jid, ChatSummary>();
    lock.lock();
    try {
      rows.values().stream()
          .filter(stored -> stored.account().equals(account) && !stored.message().isAction())
          .sorted(NEWEST_FIRST)
          .forEach(stored ->
              chats.merge(
                  stored.message().chat(),
                  new ChatSummary(stored.message().chat(), 1, stored),
                  (first, _) ->
                      new ChatSummary(
                          first.chat(), first.messageCount() + 1, first.lastMessage())));
    } finally {
      lock.unlock();
    }
    return chats.values().stream().skip(offset).limit(limit).toList();
  }

  /// With small ASCII letters.
  static String lower(String text) {
    var lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 32));
      }
    }
    return lower.toString();
  }

  private record IdKey(AccountId account, MessageId id) {}
}
