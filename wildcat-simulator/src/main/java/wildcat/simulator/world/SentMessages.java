package wildcat.simulator.world;

import java.util.LinkedHashMap;
import java.util.Map;
import wildcat.protocol.jid.Jid;

/// The ids of messages a device has sent, to recognise repetitions. Guarded by the world's lock.
public final class SentMessages {
  /// What a message id means.
  public enum Novelty {
    NEW,
    /// The same id to the same chat: the client did not get our ack.
    REPEATED,
    /// The same id to another chat: the client's ids are not unique.
    REUSED
  }

  private final Map<String, Jid> chats;

  SentMessages(int limit) {
    chats =
        new LinkedHashMap<>(0) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Jid> eldest) {
            return size() > limit;
          }
        };
  }

  public Novelty note(String id, Jid chat) {
    Jid before = chats.putIfAbsent(id, chat);
    if (before == null) {
      return Novelty.NEW;
    }
    return before.equals(chat) ? Novelty.REPEATED : Novelty.REUSED;
  }
}
