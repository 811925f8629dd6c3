package wildcat.client.session;

import wildcat.protocol.node.Node;

/// How features talk to the server over the live connection of their account. Thread-safe.
public interface Exchange {
  /// A fresh id for a request.
  String nextId();

  /// Sends an `iq` and waits for its result. An id is added when there is none.
  ///
  /// @return the answer, of type `result`
  /// @throws Rejected the answer is of type `error`
  Node request(Node iq) throws RequestFailed, InterruptedException;

  /// Sends a `message` (which has an id) and waits for the server's `ack`.
  ///
  /// @return the ack, without `error` attribute
  /// @throws Rejected the ack has one
  Node deliver(Node message) throws RequestFailed, InterruptedException;

  /// Sends a stanza that has no answer.
  void send(Node stanza) throws NotConnected;
}
