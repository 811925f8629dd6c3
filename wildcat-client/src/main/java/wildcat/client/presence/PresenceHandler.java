package wildcat.client.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.device.LidMap;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;
import wildcat.client.event.Presence;
import wildcat.client.event.Presence.State;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Takes `presence` and `chatstate` stanzas: tells of them, and remembers the last of each person. Nothing of
/// it is stored or acknowledged. Thread-safe.
///
/// Source: whatsmeow presence.go, Baileys messages-recv.ts (handlePresenceUpdate).
public final class PresenceHandler implements StanzaHandler {
  static final int MAX_REMEMBERED = 1_000;

  private static final long YEAR_9999 = 253_402_300_799L;

  private final Ledger ledger;
  private final LidMap lids;
  private final EventListener listener;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Jid, Presence> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Jid, Presence> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  public PresenceHandler(Ledger ledger, LidMap lids, EventListener listener) {
    this.ledger = ledger;
    this.lids = lids;
    this.listener = listener;
  }

  /// What was heard of a person last, on this connection or an earlier one.
  public Optional<Presence> last(Jid person) throws StoreFailed {
    Jid shown = lids.shown(person);
    lock.lock();
    try {
      return Optional.ofNullable(last.get(shown));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    Optional<Jid> from = stanza.jid("from").filter(jid -> !jid.user().isEmpty());
    if (from.isEmpty()) {
      return;
    }
    lids.learnFrom(stanza);
    Jid chat = lids.shown(from.get().withoutDevice());
    Optional<Jid> author = stanza.jid("participant").filter(Jid::isUser);
    Jid person = author.isPresent() ? lids.shown(author.get().withoutDevice()) : chat;
    Optional<State> state = stanza.is("presence") ? presence(stanza) : chatState(stanza);
    if (!person.isUser() || state.isEmpty()) {
      return;
    }
    Optional<Instant> lastSeen =
        stanza.number("last").filter(t -> t > 0 && t <= YEAR_9999).map(Instant::ofEpochSecond);
    var heard = new Presence(person, state.get(), lastSeen, ledger.now());
    lock.lock();
    try {
      last.put(person, heard);
    } finally {
      lock.unlock();
    }
    listener.on(ledger.store().account(), new Event.PresenceChanged(chat, heard));
  }

  private static Optional<State> presence(Node stanza) {
    return switch (stanza.text("type")) {
      case "", "available" -> Optional.of(State.ONLINE);
      case "unavailable" -> Optional.of(State.OFFLINE);
      default -> Optional.empty();
    };
  }

  private static Optional<State> chatState(Node stanza) {
    Optional<Node> composing = stanza.child("composing");
    if (composing.isPresent()) {
      return Optional.of(
          composing.get().text("media").equals("audio") ? State.RECORDING : State.TYPING);
    }
    return stanza.child("paused").map(_ -> State.PAUSED);
  }
}
