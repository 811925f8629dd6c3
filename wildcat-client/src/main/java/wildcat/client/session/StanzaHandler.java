package wildcat.client.session;

import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Takes the stanzas of one kind, in wire order, one at a time, on the account's own virtual thread. May
/// block: stanzas that follow wait.
///
/// A handler that commits to the store acknowledges the stanza itself, after the commit; that is why the
/// session acknowledges nothing that a handler has taken.
public interface StanzaHandler {
  /// @throws StoreFailed nothing was acknowledged; the session closes, and the stanza will come again
  void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException;
}
