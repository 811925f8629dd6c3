package wildcat.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES in CBC mode with PKCS#7 padding, with an engine that is kept: a new `Cipher` costs 4 µs and
/// 15 KB.
///
/// It authenticates nothing: check a MAC before [#decrypt]. Not thread-safe.
public final class AesCbc {
  public static final int BLOCK_BYTES = 16;

  private final Cipher cipher;

  public AesCbc() {
    try {
      cipher = Cipher.getInstance("AES/CBC/PKCS5Padding"); // the JDK's name for PKCS#7
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES in CBC mode", e);
    }
  }

  /// @param key 16, 24 or 32 bytes
  /// @param iv 16 bytes
  public byte[] encrypt(byte[] key, byte[] iv, byte[] plaintext) {
    try {
      init(Cipher.ENCRYPT_MODE, key, iv);
      return cipher.doFinal(plaintext);
    } catch (IllegalBlockSizeException | BadPaddingException e) {
      throw new IllegalStateException("encryption pads by itself", e);
    }
  }

  /// The plaintext; empty when `ciphertext` is not a positive number of blocks or its padding is wrong.
  public Optional<byte[]> decrypt(byte[] key, byte[] iv, byte[] ciphertext) {
    if (ciphertext.length == 0) {
      return Optional.empty();
    }
    try {
      init(Cipher.DECRYPT_MODE, key, iv);
      return Optional.of(cipher.doFinal(ciphertext));
    } catch (IllegalBlockSizeException | BadPaddingException e) {
      return Optional.empty();
    }
  }

  private void init(int mode, byte[] key, byte[] iv) {
    try {
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
      throw new IllegalArgumentException("AES takes keys of 16, 24, 32 B and an IV of 16 B", e);
    }
  }
}
