package wildcat.simulator.fault;

/// Which way a stanza goes, seen from the server.
public enum Direction {
  /// From a client.
  INCOMING,
  /// To a client.
  OUTGOING
}
