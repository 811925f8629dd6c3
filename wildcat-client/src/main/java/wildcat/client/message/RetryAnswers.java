package wildcat.client.message;

import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Takes `receipt` stanzas of type `retry`: somebody could not decrypt a message of ours.
public final class RetryAnswers implements StanzaHandler {
  public RetryAnswers(Ratchets ratchets) {}

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
