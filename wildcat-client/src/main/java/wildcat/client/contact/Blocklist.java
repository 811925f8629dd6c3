package wildcat.client.contact;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wildcat.client.device.Devices;
import wildcat.client.device.LidMap;
import wildcat.client.event.Event;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Users this account has blocked. Asks the server; nothing is cached.
///
/// Source: whatsmeow user.go (GetBlocklist, UpdateBlocklist), Baileys Socket/chats.ts (updateBlockStatus).
public final class Blocklist {
  private static final int MAX_BLOCKED = 10_000;

  private final Ledger ledger;
  private final LidMap lids;
  private final Devices devices;

  public Blocklist(Ledger ledger, LidMap lids, Devices devices) {
    this.ledger = ledger;
    this.lids = lids;
    this.devices = devices;
  }

  /// By pn where that is known.
  public Set<Jid> fetch(Exchange exchange) throws RequestFailed, StoreFailed, InterruptedException {
    Node answer =
        exchange.request(
            Node.of("iq").with("to", Jid.WHATSAPP).with("type", "get").with("xmlns", "blocklist"));
    var blocked = new LinkedHashSet<Jid>();
    for (Node item : answer.child("list").map(list -> list.children("item")).orElse(List.of())) {
      Optional<Jid> jid = item.jid("jid").filter(Jid::isUser);
      if (jid.isPresent() && blocked.size() < MAX_BLOCKED) {
        learn(jid.get(), item);
        blocked.add(lids.shown(jid.get()));
      }
    }
    return blocked;
  }

  private void learn(Jid jid, Node item) throws StoreFailed, InterruptedException {
    Optional<Jid> other = item.jid("pn_jid").or(() -> item.jid("lid"));
    if (other.isPresent()) {
      lids.learn(jid, other.get());
    }
  }

  /// @throws wildcat.client.session.Rejected with code 404: not on WhatsApp
  public void change(Jid person, boolean block, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    Devices.Recipient found = devices.find(person, exchange);
    Node item =
        Node.of("item").with("action", block ? "block" : "unblock").with("jid", found.address());
    if (block && found.pn().isPresent() && found.address().isLid()) {
      item = item.with("pn_jid", found.pn().get());
    }
    var _ =
        exchange.request(
            Node.of("iq", item)
                .with("to", Jid.WHATSAPP)
                .with("type", "set")
                .with("xmlns", "blocklist"));
    ledger.commit(ledger.event(new Event.BlockingChanged(lids.shown(found.address()), block)));
  }
}
