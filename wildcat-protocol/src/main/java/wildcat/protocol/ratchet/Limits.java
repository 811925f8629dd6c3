package wildcat.protocol.ratchet;

/// What a peer can make us keep or compute. Sources: libsignal consts.rs and SessionState.java,
/// whatsapp-rust consts.rs.
final class Limits {
  static final int RECEIVING_CHAINS = 5;

  static final int ARCHIVED_STATES = 40;

  /// Seeds of messages not yet seen, per receiving chain; the oldest is dropped.
  static final int SKIPPED_PER_CHAIN = 2_000;

  /// The same for a whole record: an archived state that would exceed it is dropped. No honest peer
  /// gets there, and it keeps a record below 400 KiB.
  static final int SKIPPED_PER_RECORD = RECEIVING_CHAINS * SKIPPED_PER_CHAIN;

  /// How far ahead of the last message of its chain a message may lie. Peers allow each other 2,000;
  /// our own phone may have sent much more while this device was away.
  static final int FORWARD = 25_000;

  /// The same for an archived state, all of which may have to be tried for one message.
  static final int FORWARD_IN_ARCHIVED = 2_000;

  private Limits() {}
}
