package wildcat.client.receipt;

import wildcat.client.device.LidMap;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Receipts for messages we sent: moves their status forward.
public final class ReceiptHandler implements StanzaHandler {
  /// @param retries takes the receipts of type `retry`
  public ReceiptHandler(Ledger ledger, LidMap lids, StanzaHandler retries) {}

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
