package wildcat.client.message;

import wildcat.client.prekey.PreKeyPool;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Takes `message` stanzas: decrypts, stores, acknowledges.
public final class MessageReceiver implements StanzaHandler {
  public MessageReceiver(Ratchets ratchets, PreKeyPool preKeys) {}

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
