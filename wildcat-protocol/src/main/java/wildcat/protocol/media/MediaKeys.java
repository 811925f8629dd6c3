package wildcat.protocol.media;

import java.nio.charset.StandardCharsets;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.Hkdf;

/// What a file is encrypted and authenticated with, expanded from the media key in its message.
/// Source: whatsmeow download.go (getMediaKeys).
record MediaKeys(Bytes iv, Secret cipherKey, Secret macKey) {
  /// Length of a media key.
  static final int KEY_BYTES = 32;

  private static final int IV_END = 16;
  private static final int CIPHER_END = 48;
  private static final int MAC_END = 80;
  private static final int EXPANDED_BYTES = 112;

  /// @throws IllegalArgumentException the key has another length than 32 B
  static MediaKeys expand(Secret mediaKey, MediaType type) {
    if (mediaKey.length() != KEY_BYTES) {
      throw new IllegalArgumentException("a media key has 32 B, not " + mediaKey.length());
    }
    Bytes expanded =
        Bytes.wrap(
            Hkdf.derive(
                new byte[0],
                mediaKey.expose(),
                type.info().getBytes(StandardCharsets.UTF_8),
                EXPANDED_BYTES));
    return new MediaKeys(
        expanded.slice(0, IV_END),
        Secret.wrap(expanded.slice(IV_END, CIPHER_END).toArray()),
        Secret.wrap(expanded.slice(CIPHER_END, MAC_END).toArray()));
  }
}
