package wildcat.protocol.noise;

/// The two ciphers after the handshake, one per direction, each with its own counter.
///
/// [#seal] and [#open] may be called by different threads, each by one at a time: nonce order is byte
/// order, so a caller seals and writes under the same lock.
public final class NoiseTransport {
  NoiseTransport() {}

  /// Encrypts the next outgoing frame.
  public byte[] seal(byte[] plaintext) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Decrypts the next incoming frame.
  ///
  /// @throws HandshakeFailed the tag does not match; close the connection
  public byte[] open(byte[] frame) throws HandshakeFailed {
    throw new UnsupportedOperationException("not built yet");
  }
}
