package wildcat.simulator.answer;

import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// Keepalive. Source: protocol notes 01, section 7.
final class Ping implements Request {
  private final World world;

  Ping(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    return Reply.result(iq).with("t", world.seconds());
  }
}
