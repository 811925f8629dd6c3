package wildcat.simulator.answer;

import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;

/// Answers one kind of iq. Called under the world's lock.
interface Request {
  /// The whole answer, made with [Reply].
  Node answer(Node iq, Device from);
}
