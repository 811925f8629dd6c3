package wildcat.protocol.noise;

/// The two ciphers after the handshake, one per direction, each with its own counter: AES-256-GCM
/// without associated data.
///
/// [#seal] and [#open] may be called by different threads, each by one at a time: nonce order is byte
/// order, so a caller seals and writes under the same lock.
public final class NoiseTransport {
  private final FrameCipher outgoing;
  private final FrameCipher incoming;

  NoiseTransport(byte[] outgoingKey, byte[] incomingKey) {
    outgoing = new FrameCipher(outgoingKey);
    incoming = new FrameCipher(incomingKey);
  }

  /// Encrypts the next outgoing frame.
  ///
  /// @throws IllegalStateException 2^32 frames have left; the connection must be closed before
  public byte[] seal(byte[] plaintext) {
    return outgoing.seal(plaintext);
  }

  /// Decrypts the next incoming frame.
  ///
  /// @throws HandshakeFailed the tag does not match; close the connection
  public byte[] open(byte[] frame) throws HandshakeFailed {
    return incoming.open(frame);
  }
}
