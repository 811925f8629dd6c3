package wildcat.simulator.world;

import wildcat.protocol.node.Node;

/// The way to whoever is connected now: a client's connection or a phone. The methods only queue, in
/// call order, and never block; they are called under the world's lock.
public interface Link {
  void send(Node stanza);

  /// Sends `last`, then closes.
  void end(Node last);

  /// Breaks it off without a word.
  void cut();
}
