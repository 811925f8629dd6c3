package wildcat.protocol.pairing;

import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.PublicKey;

/// What a QR code of linking says. [#text] is what the code shows.
///
/// @param ref the server's token of this waiting connection; ASCII, no comma
/// @param noiseKey the companion's static Noise key
/// @param advSecret 32 bytes that prove to the companion that its phone has read the code
/// @param clientType `1` for Chrome, see protocol notes 03, 2.2; "" in old codes
public record LinkCode(
    String ref, PublicKey noiseKey, PublicKey identityKey, Secret advSecret, String clientType) {

  public String text() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Reads the text of a QR code, old form or new.
  ///
  /// @throws MalformedPairing it is not one
  public static LinkCode parse(String text) throws MalformedPairing {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public String toString() {
    return "link code";
  }
}
