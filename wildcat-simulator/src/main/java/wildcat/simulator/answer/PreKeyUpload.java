package wildcat.simulator.answer;

import java.util.List;
import java.util.Optional;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.world.Companion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.WireKeys;
import wildcat.simulator.world.World;

/// A companion's new one-time pre-keys, and with them its registration id and signed pre-key.
///
/// The identity must be the one it was linked with, and it must have signed the signed pre-key.
/// Source: protocol notes 04, section 6.1, and 10, section 8.
final class PreKeyUpload implements Request {
  private final World world;

  PreKeyUpload(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    Optional<Companion> companion = from.companion();
    if (companion.isEmpty()) {
      return Reply.badRequest(iq);
    }
    Optional<Integer> registration = WireKeys.number(iq, "registration", 4);
    Optional<PreKeyBundle.Signed> signed = iq.child("skey").flatMap(WireKeys::signed);
    List<Node> listed = iq.child("list").map(list -> list.children("key")).orElse(List.of());
    List<PreKeyBundle.OneTime> keys =
        listed.stream().flatMap(key -> WireKeys.oneTime(key).stream()).toList();
    boolean formed =
        registration.isPresent()
            && signed.isPresent()
            && keys.size() == listed.size()
            && WireKeys.content(iq, "type", 1).filter(WireKeys.CURVE_25519::equals).isPresent();
    if (!formed) {
      return refuse(iq, "malformed pre-key upload");
    }
    if (!WireKeys.publicKey(iq, "identity").equals(Optional.of(companion.get().identity()))) {
      return refuse(iq, "pre-key upload under another identity");
    }
    return store(iq, from, companion.get().renewed(registration.get(), signed.get()), keys);
  }

  private Node store(Node iq, Device from, Companion renewed, List<PreKeyBundle.OneTime> keys) {
    if (!Signatures.holds(world.curve(), renewed.identity(), renewed.signedPreKey())) {
      return refuse(iq, "signed pre-key with a wrong signature");
    }
    if (!from.preKeys().add(keys)) {
      return refuse(iq, "too many one-time pre-keys");
    }
    from.companion(renewed);
    return Reply.result(iq);
  }

  private Node refuse(Node iq, String violation) {
    world.tally().violation(violation);
    return Reply.error(iq, 406, "not-acceptable");
  }
}
