package wildcat.simulator.answer;

import java.util.LinkedHashSet;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Profile;
import wildcat.simulator.world.World;

/// Tells contacts and own devices that a profile has changed. Call it after the change.
/// Source: protocol notes 08, section 5.
public final class ProfileNews {
  private final World world;

  public ProfileNews(World world) {
    this.world = world;
  }

  /// A new about text.
  public void about(Account account) {
    Node set = Node.of("set", Bytes.ofUtf8(account.profile().about()));
    tellContacts(account, notification(account, "status").containing(set));
  }

  /// A new picture, or none any more.
  public void picture(Account account) {
    Node change =
        account
            .profile()
            .picture()
            .map(Profile.Picture::id)
            .map(id -> Node.of("set").with("id", id))
            .orElse(Node.of("delete"))
            .with("jid", account.pn())
            .with("author", account.pn());
    Node news = notification(account, "picture").containing(change);
    tellContacts(account, news);
    account.companions().forEach(device -> world.deliver(device, news));
  }

  /// Somebody was blocked or unblocked by one of the account's devices.
  void blocked(Device by, Account other, boolean block) {
    Node item =
        Node.of("item")
            .with("jid", other.lid())
            .with("pn_jid", other.pn())
            .with("action", block ? "block" : "unblock");
    Node news =
        notification(by.account(), "account_sync")
            .containing(Node.of("blocklist", item).with("action", "modify"));
    for (Device own : by.account().companions()) {
      if (own != by) {
        world.deliver(own, news);
      }
    }
  }

  private void tellContacts(Account account, Node news) {
    for (Account contact : new LinkedHashSet<>(account.contacts())) {
      contact.devices().forEach(device -> world.deliver(device, news));
    }
  }

  private Node notification(Account account, String type) {
    return Node.of("notification")
        .with("from", account.pn())
        .with("id", world.nextStanzaId())
        .with("type", type)
        .with("t", world.seconds());
  }
}
