package wildcat.protocol.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.HmacSha256;

/// Decrypts a file in one pass. What it writes is good only when it has returned: the checks can be done no
/// sooner than at the end.
///
/// Checked in this order: length, hash of the encrypted file, MAC, padding, hash of the content.
/// Source: whatsmeow download.go.
public final class MediaDecryption {
  private static final int MIN_FILE_BYTES = 16 + MediaEncryption.MAC_BYTES;

  private final Expected expected;
  private final MessageDigest fileHash = MediaEncryption.sha256();
  private final MessageDigest plainHash = MediaEncryption.sha256();
  private final OutputStream plain;
  private long plainBytes;

  private MediaDecryption(Expected expected, OutputStream plain) {
    this.expected = expected;
    this.plain = plain;
  }

  /// What a message says of its file.
  ///
  /// @param mediaKey 32 bytes
  /// @param plainSha256 32 bytes
  /// @param fileSha256 32 bytes
  /// @param maxFileBytes more is not read
  public record Expected(
      Secret mediaKey,
      MediaType type,
      Optional<Bytes> plainSha256,
      Optional<Bytes> fileSha256,
      long maxFileBytes) {}

  /// @param plainBytes length of the content
  public record Opened(Bytes plainSha256, long plainBytes) {}

  /// Reads `file` to its end and writes its content; closes neither.
  ///
  /// @throws IOException reading or writing failed
  public static Opened decrypt(Expected expected, InputStream file, OutputStream plain)
      throws IOException, MediaDamaged {
    return new MediaDecryption(expected, plain).run(file);
  }

  private Opened run(InputStream file) throws IOException, MediaDamaged {
    MediaKeys keys = MediaKeys.expand(expected.mediaKey(), expected.type());
    Cipher cipher = MediaEncryption.cipher(Cipher.DECRYPT_MODE, keys);
    var mac = new HmacSha256();
    mac.start(keys.macKey().expose());
    mac.update(keys.iv().toArray(), 0, keys.iv().length());
    // the last bytes are the MAC, and which are the last is known only at the end
    var piece = new byte[MediaEncryption.PIECE_BYTES + MediaEncryption.MAC_BYTES];
    var out = new byte[piece.length + 2 * 16];
    int held = 0;
    long total = 0;
    try {
      while (true) {
        int read = file.readNBytes(piece, held, piece.length - held);
        total += read;
        if (total > expected.maxFileBytes()) {
          throw new MediaDamaged(
              MediaDamaged.Reason.TOO_LONG, "more than " + expected.maxFileBytes() + " B");
        }
        fileHash.update(piece, held, read);
        int available = held + read;
        int ciphertext = Math.max(available - MediaEncryption.MAC_BYTES, 0);
        mac.update(piece, 0, ciphertext);
        write(out, cipher.update(piece, 0, ciphertext, out));
        held = available - ciphertext;
        System.arraycopy(piece, ciphertext, piece, 0, held);
        if (available < piece.length) {
          break;
        }
      }
      verify(total, mac.finish(), Arrays.copyOf(piece, MediaEncryption.MAC_BYTES));
      write(out, cipher.doFinal(out, 0));
    } catch (GeneralSecurityException _) {
      throw new MediaDamaged(MediaDamaged.Reason.WRONG_PADDING, "the padding is wrong");
    }
    Bytes hash = Bytes.wrap(plainHash.digest());
    if (expected.plainSha256().isPresent() && !expected.plainSha256().get().equals(hash)) {
      throw new MediaDamaged(
          MediaDamaged.Reason.WRONG_CONTENT_HASH, "the content has another hash than announced");
    }
    return new Opened(hash, plainBytes);
  }

  private void write(byte[] bytes, int length) throws IOException {
    plainHash.update(bytes, 0, length);
    plain.write(bytes, 0, length);
    plainBytes += length;
  }

  private void verify(long total, byte[] computedMac, byte[] mac) throws MediaDamaged {
    if (total < MIN_FILE_BYTES) {
      throw new MediaDamaged(
          MediaDamaged.Reason.TOO_SHORT, total + " B, at least " + MIN_FILE_BYTES + " are needed");
    }
    Bytes hash = Bytes.wrap(fileHash.digest());
    if (expected.fileSha256().isPresent() && !expected.fileSha256().get().equals(hash)) {
      throw new MediaDamaged(
          MediaDamaged.Reason.WRONG_FILE_HASH, "the file has another hash than announced");
    }
    if (!MessageDigest.isEqual(Arrays.copyOf(computedMac, MediaEncryption.MAC_BYTES), mac)) {
      throw new MediaDamaged(MediaDamaged.Reason.WRONG_MAC, "the MAC is wrong");
    }
  }
}
