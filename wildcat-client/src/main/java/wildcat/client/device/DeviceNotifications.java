package wildcat.client.device;

import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Notifications of the types `devices` and `account_sync`: a user's devices have changed.
public final class DeviceNotifications implements StanzaHandler {
  public DeviceNotifications(Devices devices, LidMap lids) {}

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    throw new UnsupportedOperationException("not built yet");
  }
}
