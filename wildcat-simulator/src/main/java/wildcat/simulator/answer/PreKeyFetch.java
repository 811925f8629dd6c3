package wildcat.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.world.Companion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.WireKeys;
import wildcat.simulator.world.World;

/// The bundles with which ratchets with other devices are started. Each one-time key is given once; the
/// device hears when few are left. Source: protocol notes 04, section 6.3, and 10, section 8.
final class PreKeyFetch implements Request {
  /// Clients act below 5; a warning at every value from here on is never too late.
  private static final int LOW = 10;

  private static final int MAX_USERS = 10_000;

  private final World world;

  PreKeyFetch(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    List<Node> users = iq.child("key").map(key -> key.children("user")).orElse(List.of());
    if (users.isEmpty() || users.size() > MAX_USERS) {
      return Reply.badRequest(iq);
    }
    var answers = new ArrayList<Node>(users.size());
    for (Node user : users) {
      Optional<Jid> jid = user.jid("jid");
      if (jid.isEmpty()) {
        return Reply.badRequest(iq);
      }
      answers.add(bundle(jid.get()));
    }
    return Reply.result(iq, Node.of("list").containing(answers));
  }

  private Node bundle(Jid jid) {
    Node user = Node.of("user").with("jid", jid);
    Optional<Device> device = world.directory().device(jid);
    if (device.isEmpty()) {
      return user.containing(Node.of("error").with("code", 404).with("text", "item-not-found"));
    }
    var children = new ArrayList<Node>();
    Optional<Companion> companion = device.get().companion();
    PreKeyBundle bundle =
        companion
            .map(c -> bundle(c, device.get()))
            .orElseGet(() -> device.get().account().primary().bundle());
    children.add(Node.of("registration", WireKeys.bigEndian(bundle.registrationId(), 4)));
    children.add(Node.of("type", WireKeys.CURVE_25519));
    children.add(Node.of("identity", bundle.identity().bytes()));
    bundle.oneTime().ifPresent(key -> children.add(WireKeys.oneTime(key)));
    children.add(WireKeys.signed(bundle.signed()));
    companion.ifPresent(c -> children.add(Node.of("device-identity", c.signedIdentity())));
    return user.with("t", world.seconds()).containing(children);
  }

  private PreKeyBundle bundle(Companion companion, Device device) {
    Optional<PreKeyBundle.OneTime> oneTime = device.preKeys().take();
    if (device.preKeys().announce(LOW)) {
      world.deliver(device, fewLeft(device.preKeys().size()));
    }
    return new PreKeyBundle(
        companion.registrationId(), companion.identity(), companion.signedPreKey(), oneTime);
  }

  private Node fewLeft(int count) {
    return Node.of("notification", Node.of("count").with("value", count))
        .with("from", Jid.WHATSAPP)
        .with("id", world.nextStanzaId())
        .with("type", "encrypt")
        .with("t", world.seconds());
  }
}
