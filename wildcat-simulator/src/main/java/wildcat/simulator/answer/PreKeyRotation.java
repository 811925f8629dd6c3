package wildcat.simulator.answer;

import java.util.Optional;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.world.Companion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.WireKeys;
import wildcat.simulator.world.World;

/// A companion's new signed pre-key. Source: protocol notes 04, section 6.2.
final class PreKeyRotation implements Request {
  private final World world;

  PreKeyRotation(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    Optional<Companion> companion = from.companion();
    Optional<PreKeyBundle.Signed> signed = iq.path("rotate", "skey").flatMap(WireKeys::signed);
    if (companion.isEmpty() || signed.isEmpty()) {
      return Reply.badRequest(iq);
    }
    Companion renewed = companion.get().renewed(companion.get().registrationId(), signed.get());
    if (!Signatures.holds(world.curve(), renewed.identity(), signed.get())) {
      world.tally().violation("signed pre-key with a wrong signature");
      return Reply.error(iq, 406, "not-acceptable");
    }
    from.companion(renewed);
    return Reply.result(iq);
  }
}
