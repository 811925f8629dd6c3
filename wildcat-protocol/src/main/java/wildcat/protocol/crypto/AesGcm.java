package wildcat.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-GCM under one key, with a tag of 16 bytes behind the ciphertext and an engine that is kept.
///
/// A nonce must never seal twice under the same key: that gives the key stream away. Repeating the
/// last one is refused, the rest is up to the caller. Not thread-safe.
public final class AesGcm {
  public static final int NONCE_BYTES = 12;
  public static final int TAG_BYTES = 16;

  private final SecretKeySpec key;
  private final Cipher cipher;

  /// @param key 16, 24 or 32 bytes; copied
  public AesGcm(byte[] key) {
    if (key.length != 16 && key.length != 24 && key.length != 32) {
      throw new IllegalArgumentException("AES takes keys of 16, 24, 32 B, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  /// @param nonce 12 bytes, never used with this key before
  /// @param associated authenticated but not encrypted; may be empty
  /// @return the ciphertext and its tag, 16 bytes longer than `plaintext`
  /// @throws IllegalStateException the nonce is the one of the last call
  public byte[] seal(byte[] nonce, byte[] associated, byte[] plaintext) {
    try {
      init(Cipher.ENCRYPT_MODE, nonce, associated);
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses to encrypt", e);
    }
  }

  /// The plaintext; empty when the tag does not match ciphertext, nonce and associated data.
  ///
  /// @param nonce 12 bytes
  /// @param sealed ciphertext and tag
  public Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed) {
    if (sealed.length < TAG_BYTES) {
      return Optional.empty();
    }
    try {
      init(Cipher.DECRYPT_MODE, nonce, associated);
      return Optional.of(cipher.doFinal(sealed));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses to decrypt", e);
    }
  }

  private void init(int mode, byte[] nonce, byte[] associated)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce has 12 B, not " + nonce.length);
    }
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(associated);
  }
}
