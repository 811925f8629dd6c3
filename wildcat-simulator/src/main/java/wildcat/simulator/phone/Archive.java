package wildcat.simulator.phone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.proto.Message;
import wildcat.protocol.jid.Jid;

/// The messages a phone has read and written, the newest of each. Any thread may read.
final class Archive {
  /// @param chat pn of the other user
  /// @param fromOwn whether this account has written it
  record Stored(PhoneMessage shown, Message message, Jid chat, boolean fromOwn, String pushName) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Stored> received;
  private final Map<String, Stored> sent;

  Archive(int limit) {
    received = bounded(limit);
    sent = bounded(limit);
  }

  private static Map<String, Stored> bounded(int limit) {
    return new LinkedHashMap<>(0) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Stored> eldest) {
        return size() > limit;
      }
    };
  }

  private static String key(Stored entry) {
    return entry.shown().id() + " " + entry.shown().from().user();
  }

  void received(Stored entry) {
    lock.lock();
    try {
      received.put(key(entry), entry);
    } finally {
      lock.unlock();
    }
  }

  void sent(Stored entry) {
    lock.lock();
    try {
      sent.put(entry.shown().id(), entry);
    } finally {
      lock.unlock();
    }
  }

  List<PhoneMessage> receivedMessages() {
    lock.lock();
    try {
      return received.values().stream().map(Stored::shown).toList();
    } finally {
      lock.unlock();
    }
  }

  /// A message this phone has sent itself.
  Optional<Stored> sent(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(sent.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// Any message with that id, sent or received.
  Optional<Stored> find(String id) {
    lock.lock();
    try {
      Stored own = sent.get(id);
      return own != null
          ? Optional.of(own)
          : received.values().stream().filter(e -> e.shown().id().equals(id)).findFirst();
    } finally {
      lock.unlock();
    }
  }

  /// The newest `max` messages of a chat before the one with `id` (before now if it is not there),
  /// newest first.
  List<Stored> before(String id, Jid chat, int max) {
    var chatEntries = new ArrayList<Stored>();
    lock.lock();
    try {
      received.values().stream().filter(e -> e.chat().equals(chat)).forEach(chatEntries::add);
      sent.values().stream().filter(e -> e.chat().equals(chat)).forEach(chatEntries::add);
    } finally {
      lock.unlock();
    }
    chatEntries.sort((a, b) -> b.shown().sentAt().compareTo(a.shown().sentAt()));
    int at = 0;
    for (int i = 0; i < chatEntries.size(); i++) {
      if (chatEntries.get(i).shown().id().equals(id)) {
        at = i + 1;
      }
    }
    return List.copyOf(chatEntries.subList(at, Math.min(chatEntries.size(), at + max)));
  }
}
