package wildcat.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.jid.ParticipantHash;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Companion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// Tells contacts and own devices that an account's device list has changed. Call it after the change.
/// Source: protocol notes 03, section 7.3, and 08, section 5.4.
final class DeviceNews {
  private final World world;

  DeviceNews(World world) {
    this.world = world;
  }

  void linked(Device companion) {
    Node keyIndexes =
        Node.of("key-index-list", companion.account().keyIndexList()).with("ts", world.seconds());
    announce(companion, "add", keyIndexes);
  }

  void unlinked(Device companion) {
    announce(companion, "remove", Node.of("key-index-list").with("ts", world.seconds()));
  }

  private void announce(Device companion, String operation, Node keyIndexes) {
    Account account = companion.account();
    Node device = Node.of("device").with("jid", companion.pn()).with("lid", companion.lid());
    if (operation.equals("add")) {
      device = withKeyIndex(device, companion);
    }
    Node change =
        Node.of(operation, device, keyIndexes)
            .with("device_hash", ParticipantHash.of(pns(account)))
            .with("device_lid_hash", ParticipantHash.of(lids(account)));
    Node news = notification(account, "devices").with("lid", account.lid()).containing(change);
    for (Account contact : account.contacts()) {
      contact.devices().forEach(d -> world.deliver(d, news));
    }
    Node ownNews = notification(account, "account_sync").containing(ownDevices(account));
    for (Device own : account.companions()) {
      if (own != companion) {
        world.deliver(own, news);
        world.deliver(own, ownNews);
      }
    }
  }

  private Node notification(Account account, String type) {
    return Node.of("notification")
        .with("from", account.pn())
        .with("id", world.nextStanzaId())
        .with("type", type)
        .with("t", world.seconds());
  }

  private Node ownDevices(Account account) {
    var children = new ArrayList<Node>();
    for (Device device : account.devices()) {
      children.add(withKeyIndex(Node.of("device").with("jid", device.pn()), device));
    }
    children.add(Node.of("key-index-list", account.keyIndexList()).with("ts", world.seconds()));
    return Node.of("devices").with("dhash", ParticipantHash.of(pns(account))).containing(children);
  }

  private static Node withKeyIndex(Node node, Device device) {
    return device
        .companion()
        .map(Companion::keyIndex)
        .map(index -> node.with("key-index", index))
        .orElse(node);
  }

  static List<Jid> pns(Account account) {
    return account.devices().stream().map(Device::pn).toList();
  }

  static List<Jid> lids(Account account) {
    return account.devices().stream().map(Device::lid).toList();
  }
}
