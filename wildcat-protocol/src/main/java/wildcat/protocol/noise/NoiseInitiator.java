package wildcat.protocol.noise;

import java.time.Instant;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The client's side of the Noise XX handshake. Used once, by one thread.
public final class NoiseInitiator {
  /// The last handshake message and what follows it.
  public record Finish(Bytes message, NoiseTransport transport) {}

  /// @param identity the device's long-lived noise key
  /// @param ephemeral a fresh pair
  /// @param root the key that must have signed the server's certificates
  public NoiseInitiator(Curve curve, KeyPair identity, KeyPair ephemeral, PublicKey root) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// WhatsApp's own root key.
  public static PublicKey whatsappRoot() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// ClientHello.
  public byte[] hello() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Checks ServerHello, its certificates included, and answers with ClientFinish.
  ///
  /// @param clientPayload who we are, see [wildcat.protocol.pairing.ClientPayloads]
  /// @param now for the certificates' validity
  /// @throws HandshakeFailed a cipher or one of the nine certificate checks failed; send nothing more
  public Finish finish(byte[] serverHello, byte[] clientPayload, Instant now)
      throws HandshakeFailed {
    throw new UnsupportedOperationException("not built yet");
  }
}
