package wildcat.simulator.answer;

import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// What goes on over one connection after its handshake. Called by the connection's thread.
public interface Conversation {
  /// A stanza has arrived; they come in wire order.
  void stanza(Node stanza);

  /// The connection is gone. Called once.
  void closed();

  /// The client's pn with device; the server's own address before it is linked.
  Jid pn();

  /// The client's lid with device; the server's own address before it is linked.
  Jid lid();

  /// Whether the client has logged in.
  boolean isLoggedIn();
}
