package wildcat.protocol.ratchet;

import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;

/// All ratchet states with one device: the current one and up to 40 archived. Immutable.
///
/// (Signal calls this a session record; here a session is the connection to WhatsApp.)
public final class RatchetRecord {
  RatchetRecord() {}

  /// Reads what [#encode] wrote.
  ///
  /// @throws UnreadableRecord it is damaged or of an unknown version; never treat it as absent
  public static RatchetRecord decode(Bytes encoded) throws UnreadableRecord {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The stored form, versioned. It contains secrets.
  public Bytes encode() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The identity key of the other side in the current state.
  public PublicKey remoteIdentity() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The registration id of the other side in the current state; 0 when unknown.
  public int remoteRegistrationId() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Whether the other side has not answered yet, so that every message still carries the pre-key
  /// envelope.
  public boolean isUnacknowledged() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The base key of the current state, which tells one set-up from another (see retry receipts).
  public PublicKey baseKey() {
    throw new UnsupportedOperationException("not built yet");
  }
}
