package wildcat.client.message;

import wildcat.client.prekey.PreKeyPool;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Notifications of the type `encrypt`: the server runs out of our pre-keys, or a user has a new identity.
public final class EncryptNotifications implements StanzaHandler {
  public EncryptNotifications(Ratchets ratchets, PreKeyPool preKeys) {}

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
