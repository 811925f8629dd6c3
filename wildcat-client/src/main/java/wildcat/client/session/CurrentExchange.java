package wildcat.client.session;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.node.Node;

/// The exchange of whichever connection is logged in at the moment of a call. Thread-safe.
final class CurrentExchange implements Exchange {
  private final StanzaIds ids;
  private final Supplier<@Nullable LiveSession> current;

  CurrentExchange(StanzaIds ids, Supplier<@Nullable LiveSession> current) {
    this.ids = ids;
    this.current = current;
  }

  private LiveSession session() throws NotConnected {
    LiveSession session = current.get();
    if (session == null) {
      throw new NotConnected("the account is not connected");
    }
    return session;
  }

  @Override
  public String nextId() {
    return ids.next();
  }

  @Override
  public Node request(Node iq) throws RequestFailed, InterruptedException {
    return session().request(iq);
  }

  @Override
  public Node deliver(Node message) throws RequestFailed, InterruptedException {
    return session().deliver(message);
  }

  @Override
  public void send(Node stanza) throws NotConnected {
    session().send(stanza);
  }
}
