package wildcat.protocol.noise;

import java.time.Instant;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The chain root → intermediate → leaf that proves a server's static key: made by a simulator, checked
/// by a client.
public final class ServerCertificates {
  private ServerCertificates() {}

  /// Makes a chain for `leaf`, signed by `root` over a fresh intermediate.
  public static Bytes issue(
      Curve curve, KeyPair root, PublicKey leaf, Instant from, Instant until) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Makes all nine checks of the chain, over the bytes as received.
  ///
  /// @param serverKey the static key the handshake has shown
  /// @throws HandshakeFailed naming the check that failed
  public static void verify(
      Curve curve, Bytes chain, PublicKey serverKey, PublicKey root, Instant now)
      throws HandshakeFailed {
    throw new UnsupportedOperationException("not built yet");
  }
}
