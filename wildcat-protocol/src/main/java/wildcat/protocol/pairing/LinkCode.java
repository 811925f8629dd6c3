package wildcat.protocol.pairing;

import java.util.Base64;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.PublicKey;

/// What a QR code of linking says. [#text] is what the code shows.
///
/// Source: whatsmeow pair.go, Baileys socket.ts and companion-reg-client-utils.ts.
///
/// @param ref the server's token of this waiting connection; ASCII, no comma
/// @param noiseKey the companion's static Noise key
/// @param advSecret 32 bytes that prove to the companion that its phone has read the code
/// @param clientType `1` for Chrome, `c` for a macOS app, …; "" in codes of older clients
public record LinkCode(
    String ref, PublicKey noiseKey, PublicKey identityKey, Secret advSecret, String clientType) {
  /// What phones of 2026 expect before the code; without it the code still reads.
  private static final String PREFIX = "https://wa.me/settings/linked_devices#";

  /// A real code has about 240 characters.
  public static final int MAX_CHARACTERS = 1_024;

  private static final int SECRET_BYTES = 32;

  public LinkCode {
    if (ref.isEmpty() || ref.indexOf(',') >= 0) {
      throw new IllegalArgumentException("a ref is not empty and has no comma");
    }
    if (advSecret.length() != SECRET_BYTES) {
      throw new IllegalArgumentException("an ADV secret has 32 B, not " + advSecret.length());
    }
  }

  public String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    String code =
        String.join(
            ",",
            ref,
            base64.encodeToString(noiseKey.bytes().toArray()),
            base64.encodeToString(identityKey.bytes().toArray()),
            base64.encodeToString(advSecret.expose()));
    return PREFIX + code + (clientType.isEmpty() ? "" : "," + clientType);
  }

  /// Reads the text of a QR code, with or without the link before it, with or without client type.
  ///
  /// @throws MalformedPairing it is not one
  public static LinkCode parse(String text) throws MalformedPairing {
    if (text.length() > MAX_CHARACTERS) {
      throw malformed(
          "a link code has at most " + MAX_CHARACTERS + " characters, not " + text.length());
    }
    String[] parts = text.substring(text.indexOf('#') + 1).split(",", -1);
    if (parts.length < 4 || parts.length > 5 || parts[0].isEmpty()) {
      throw malformed("a link code has 4 or 5 parts, not " + parts.length);
    }
    return new LinkCode(
        parts[0],
        new PublicKey(Bytes.wrap(decode(parts[1]))),
        new PublicKey(Bytes.wrap(decode(parts[2]))),
        Secret.wrap(decode(parts[3])),
        parts.length == 5 ? parts[4] : "");
  }

  private static byte[] decode(String base64) throws MalformedPairing {
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      if (key.length == PublicKey.SIZE_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException _) {
      // answered like a wrong length: nothing of the code may be repeated in a message
    }
    throw malformed("a part of the link code is not 32 B in base64");
  }

  private static MalformedPairing malformed(String message) {
    return new MalformedPairing(MalformedPairing.Reply.INTERNAL_ERROR, message);
  }

  /// Without content: whoever has the code can link the device.
  @Override
  public String toString() {
    return "link code";
  }
}
