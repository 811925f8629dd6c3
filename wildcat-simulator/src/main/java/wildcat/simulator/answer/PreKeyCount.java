package wildcat.simulator.answer;

import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;

/// How many one-time pre-keys the server still has of the asking device.
final class PreKeyCount implements Request {
  @Override
  public Node answer(Node iq, Device from) {
    return Reply.result(iq, Node.of("count").with("value", from.preKeys().size()));
  }
}
