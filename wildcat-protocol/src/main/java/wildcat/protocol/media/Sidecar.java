package wildcat.protocol.media;

import java.io.ByteArrayOutputStream;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.HmacSha256;

/// Short MACs of overlapping windows of an encrypted file, with which a player can begin before the download
/// has ended. Window `i` is `[i * 65536, i * 65536 + 65536 + 16)` of ciphertext and MAC.
/// Source: whatsapp-rust upload.rs. Not thread-safe.
final class Sidecar {
  private static final int WINDOW_BYTES = 65_536;
  private static final int OVERLAP_BYTES = 16;
  private static final int ENTRY_BYTES = 10;

  private final Secret macKey;
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private HmacSha256 current = new HmacSha256();
  private HmacSha256 previous = new HmacSha256();
  private long position;

  Sidecar(Secret macKey) {
    this.macKey = macKey;
  }

  void update(byte[] file, int length) {
    int at = 0;
    while (at < length) {
      int inWindow = (int) (position % WINDOW_BYTES);
      if (inWindow == 0) {
        HmacSha256 next = previous;
        previous = current;
        current = next;
        current.start(macKey.expose());
      }
      boolean overlaps = position >= WINDOW_BYTES && inWindow < OVERLAP_BYTES;
      int end = overlaps ? OVERLAP_BYTES : WINDOW_BYTES;
      int piece = Math.min(length - at, end - inWindow);
      current.update(file, at, piece);
      if (overlaps) {
        previous.update(file, at, piece);
        if (inWindow + piece == OVERLAP_BYTES) {
          entry(previous);
        }
      }
      at += piece;
      position += piece;
    }
  }

  Bytes finish() {
    int inWindow = (int) (position % WINDOW_BYTES);
    if (position > WINDOW_BYTES && inWindow > 0 && inWindow < OVERLAP_BYTES) {
      entry(previous);
    }
    if (position > 0) {
      entry(current);
    }
    return Bytes.wrap(entries.toByteArray());
  }

  private void entry(HmacSha256 window) {
    entries.write(window.finish(), 0, ENTRY_BYTES);
  }
}
