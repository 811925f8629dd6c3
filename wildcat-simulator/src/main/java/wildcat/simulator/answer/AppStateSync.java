package wildcat.simulator.answer;

import java.util.List;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// The shared settings of an account's devices: every collection is empty, nobody may write.
/// Source: protocol notes 06, section 6, and 10, section 15.
final class AppStateSync implements Request {
  private final World world;

  AppStateSync(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    List<Node> asked = iq.child("sync").map(s -> s.children("collection")).orElse(List.of());
    if (asked.isEmpty()) {
      return Reply.badRequest(iq);
    }
    if (asked.stream().anyMatch(c -> c.child("patch").isPresent())) {
      world.tally().unknownStanza("iq set w:sync:app:state sync with a patch");
      return Reply.error(iq, 501, "feature-not-implemented");
    }
    List<Node> empty =
        asked.stream()
            .map(c ->
                Node.of("collection", Node.of("patches").containing(List.of()))
                    .with("name", c.text("name"))
                    .with("version", 0))
            .toList();
    return Reply.result(iq, Node.of("sync").containing(empty));
  }
}
