package wildcat.client.device;

import wildcat.client.session.Acks;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Takes notifications of which this version uses nothing but that they name a user twice, by pn and lid.
public final class LidCarrier implements StanzaHandler {
  private final LidMap lids;

  public LidCarrier(LidMap lids) {
    this.lids = lids;
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    lids.learnFrom(stanza);
    Acks.acknowledge(stanza, exchange);
  }
}
