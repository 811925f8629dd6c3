package wildcat.simulator.answer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.world.Companion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.WireKeys;

/// What the server has of the asking device's keys, with a hash over it. Source: protocol notes 04, 6.2.
final class PreKeyDigest implements Request {
  @Override
  public Node answer(Node iq, Device from) {
    if (from.companion().isEmpty() || from.preKeys().size() == 0) {
      return Reply.error(iq, 404, "item-not-found");
    }
    Companion companion = from.companion().get();
    List<PreKeyBundle.OneTime> keys = from.preKeys().remaining();
    List<Node> ids =
        keys.stream().map(key -> Node.of("id", WireKeys.bigEndian(key.id(), 3))).toList();
    return Reply.result(
        iq,
        Node.of(
            "digest",
            Node.of("registration", WireKeys.bigEndian(companion.registrationId(), 4)),
            Node.of("type", WireKeys.CURVE_25519),
            Node.of("identity", companion.identity().bytes()),
            WireKeys.signed(companion.signedPreKey()),
            Node.of("list").containing(ids),
            Node.of("hash", hash(companion, keys))));
  }

  private static Bytes hash(Companion companion, List<PreKeyBundle.OneTime> keys) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(companion.identity().bytes().toArray());
      sha1.update(companion.signedPreKey().key().bytes().toArray());
      sha1.update(companion.signedPreKey().signature().toArray());
      keys.forEach(key -> sha1.update(key.key().bytes().toArray()));
      return Bytes.wrap(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }
}
