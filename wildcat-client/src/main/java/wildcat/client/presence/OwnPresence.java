package wildcat.client.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.Presence.State;
import wildcat.client.session.Exchange;
import wildcat.client.session.NotConnected;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// What we let others see of us, and of whom we want to hear. Thread-safe.
///
/// Source: whatsmeow presence.go, Baileys Socket/chats.ts (sendPresenceUpdate, presenceSubscribe).
public final class OwnPresence {
  static final int MAX_SUBSCRIPTIONS = 1_000;

  private final OwnDevice own;
  private final LidMap lids;
  private final ReentrantLock lock = new ReentrantLock();

  /// Oldest first; the server forgets them with the connection.
  @GuardedBy("lock")
  private final Set<Jid> subscriptions = new LinkedHashSet<>();

  private volatile boolean offline;

  public OwnPresence(OwnDevice own, LidMap lids) {
    this.own = own;
    this.lids = lids;
  }

  /// Shows this account as online or not, until it is changed, over new connections too.
  public void show(boolean online, Exchange exchange) throws NotConnected, StoreFailed {
    exchange.send(shown(online));
    offline = !online;
  }

  private Node shown(boolean online) throws StoreFailed {
    Node presence = Node.of("presence").with("type", online ? "available" : "unavailable");
    String name = own.credentials().pushName();
    return name.isEmpty() ? presence : presence.with("name", name);
  }

  /// Lets a chat see that we type, record, or have stopped.
  ///
  /// @param state one of TYPING, RECORDING and PAUSED
  public void typing(Jid chat, State state, Exchange exchange) throws NotConnected, StoreFailed {
    Node doing =
        switch (state) {
          case TYPING -> Node.of("composing");
          case RECORDING -> Node.of("composing").with("media", "audio");
          case PAUSED -> Node.of("paused");
          case ONLINE, OFFLINE -> throw new IllegalArgumentException(state + " is not of a chat");
        };
    Jid to = lids.lidOrSame(chat);
    exchange.send(
        Node.of("chatstate", doing).with("from", to.isLid() ? own.lid() : own.pn()).with("to", to));
  }

  /// Asks to be told when the person comes and goes; new connections ask again. Of more than
  /// [#MAX_SUBSCRIPTIONS] the oldest are forgotten.
  public void subscribe(Jid person, Exchange exchange) throws NotConnected, StoreFailed {
    exchange.send(subscription(person));
    lock.lock();
    try {
      subscriptions.remove(person);
      subscriptions.add(person);
      if (subscriptions.size() > MAX_SUBSCRIPTIONS) {
        subscriptions.remove(subscriptions.iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private Node subscription(Jid person) throws StoreFailed {
    return Node.of("presence").with("type", "subscribe").with("to", lids.lidOrSame(person));
  }

  /// To be called after each login.
  public void loggedIn(Exchange exchange) throws NotConnected, StoreFailed {
    if (offline) {
      exchange.send(shown(false));
    }
    List<Jid> all;
    lock.lock();
    try {
      all = List.copyOf(subscriptions);
    } finally {
      lock.unlock();
    }
    for (Jid person : all) {
      exchange.send(subscription(person));
    }
  }
}
