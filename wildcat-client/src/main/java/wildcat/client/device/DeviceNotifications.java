package wildcat.client.device;

import java.util.Optional;
import wildcat.client.session.Acks;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Notifications of the types `devices` and `account_sync`: a user's devices have changed, or ours.
///
/// The list is not edited but asked for again when it is needed. Source: whatsmeow notification.go.
public final class DeviceNotifications implements StanzaHandler {
  private final Devices devices;
  private final LidMap lids;

  public DeviceNotifications(Devices devices, LidMap lids) {
    this.devices = devices;
    this.lids = lids;
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    lids.learnFrom(stanza);
    Optional<Jid> user = stanza.jid("from");
    for (Node change : stanza.children()) {
      for (Node device : change.children("device")) {
        Optional<Jid> pn = device.jid("jid");
        Optional<Jid> lid = device.jid("lid");
        if (pn.isPresent() && lid.isPresent()) {
          lids.learn(pn.get(), lid.get());
        }
      }
      if (user.isPresent() && user.get().isUser() && isAboutDevices(change)) {
        devices.changed(user.get().withoutDevice(), change);
      }
    }
    Acks.acknowledge(stanza, exchange);
  }

  private static boolean isAboutDevices(Node change) {
    return switch (change.tag()) {
      case "add", "remove", "update", "devices" -> true;
      default -> false;
    };
  }
}
