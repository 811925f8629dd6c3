package wildcat.protocol.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.HmacSha256;

/// Encrypts a file in one pass, whatever its size, in pieces of a few KiB.
///
///     +------------------------------------+------------------------------+
///     | AES-256-CBC, padded                | HMAC-SHA256(iv, ciphertext), |
///     | (n / 16 + 1) * 16 B                | first 10 B                   |
///     +------------------------------------+------------------------------+
///
/// Source: whatsmeow upload.go.
public final class MediaEncryption {
  static final int MAC_BYTES = 10;

  /// Longer pieces reach the vector code of the cipher later.
  static final int PIECE_BYTES = 8 * 1024;

  private final HmacSha256 mac = new HmacSha256();
  private final MessageDigest plainHash = sha256();
  private final MessageDigest fileHash = sha256();
  private final Sidecar sidecar;
  private final OutputStream file;
  private long fileBytes;

  private MediaEncryption(MediaKeys keys, OutputStream file) {
    this.sidecar = new Sidecar(keys.macKey());
    this.file = file;
    mac.start(keys.macKey().expose());
    mac.update(keys.iv().toArray(), 0, keys.iv().length());
  }

  /// What is to be told of an encrypted file.
  ///
  /// @param plainBytes length before encryption
  /// @param fileBytes length of what was written
  /// @param sidecar for players of sound and video
  public record Sealed(
      Bytes plainSha256, Bytes fileSha256, long plainBytes, long fileBytes, Bytes sidecar) {}

  /// Reads `plain` to its end and writes the encrypted file; closes neither.
  ///
  /// @param mediaKey 32 random bytes, for this file alone
  /// @throws IOException reading or writing failed; what was written is useless
  public static Sealed encrypt(
      Secret mediaKey, MediaType type, InputStream plain, OutputStream file) throws IOException {
    MediaKeys keys = MediaKeys.expand(mediaKey, type);
    return new MediaEncryption(keys, file).run(keys, plain);
  }

  private Sealed run(MediaKeys keys, InputStream plain) throws IOException {
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys);
    var in = new byte[PIECE_BYTES];
    var out = new byte[PIECE_BYTES + 2 * 16];
    long plainBytes = 0;
    try {
      for (int read = plain.readNBytes(in, 0, in.length);
          read > 0;
          read = plain.readNBytes(in, 0, in.length)) {
        plainHash.update(in, 0, read);
        plainBytes += read;
        emit(out, cipher.update(in, 0, read, out));
      }
      emit(out, cipher.doFinal(out, 0));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES must work", e);
    }
    byte[] tag = mac.finish();
    append(tag, MAC_BYTES);
    return new Sealed(
        Bytes.wrap(plainHash.digest()),
        Bytes.wrap(fileHash.digest()),
        plainBytes,
        fileBytes,
        sidecar.finish());
  }

  private void emit(byte[] ciphertext, int length) throws IOException {
    mac.update(ciphertext, 0, length);
    append(ciphertext, length);
  }

  private void append(byte[] bytes, int length) throws IOException {
    fileHash.update(bytes, 0, length);
    sidecar.update(bytes, length);
    file.write(bytes, 0, length);
    fileBytes += length;
  }

  static Cipher cipher(int mode, MediaKeys keys) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          mode,
          new SecretKeySpec(keys.cipherKey().expose(), "AES"),
          new IvParameterSpec(keys.iv().toArray()));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
