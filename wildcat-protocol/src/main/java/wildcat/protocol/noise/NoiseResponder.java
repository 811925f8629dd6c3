package wildcat.protocol.noise;

import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The server's side of the Noise XX handshake. Used once, by one thread.
public final class NoiseResponder {
  /// A client that has proven its static key, its payload, and the ciphers that follow.
  public record Accepted(PublicKey clientKey, Bytes clientPayload, NoiseTransport transport) {}

  /// @param identity the server's static key, the one in the leaf certificate
  /// @param ephemeral a fresh pair
  /// @param certificates the encoded chain, see [ServerCertificates]
  public NoiseResponder(Curve curve, KeyPair identity, KeyPair ephemeral, Bytes certificates) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// ServerHello in answer to ClientHello.
  public byte[] answer(byte[] clientHello) throws HandshakeFailed {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Opens ClientFinish.
  public Accepted accept(byte[] clientFinish) throws HandshakeFailed {
    throw new UnsupportedOperationException("not built yet");
  }
}
