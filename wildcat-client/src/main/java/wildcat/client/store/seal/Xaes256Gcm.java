package wildcat.client.store.seal;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// XAES-256-GCM: AES-256-GCM under a key derived from the first half of a 24-byte nonce, so that one key
/// seals any number of rows with random nonces (plain AES-GCM must stop at 2^32).
///
///     L  = AES(K, 0^128);  K1 = L·x in GF(2^128)
///     Kx = AES(K, K1 ⊕ (00 01 'X' 00 ‖ N[0..12])) ‖ AES(K, K1 ⊕ (00 02 'X' 00 ‖ N[0..12]))
///     sealed = AES-256-GCM(Kx, N[12..24], plaintext, aad)
///
/// Holds two ciphers and is used by one thread at a time. Source: C2SP, "XAES-256-GCM", version 1.
final class Xaes256Gcm {
  static final int NONCE_BYTES = 24;
  static final int TAG_BYTES = 16;
  private static final int BLOCK_BYTES = 16;
  private static final int HALF_NONCE_BYTES = 12;
  private static final int REDUCTION = 0x87;

  private final Cipher block;
  private final Cipher gcm;

  Xaes256Gcm() {
    try {
      block = Cipher.getInstance("AES/ECB/NoPadding");
      gcm = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES", e);
    }
  }

  byte[] seal(Key key, byte[] nonce, byte[] plaintext, byte[] aad) {
    try {
      init(Cipher.ENCRYPT_MODE, key, nonce, aad);
      return gcm.doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal " + plaintext.length + " B", e);
    }
  }

  /// @param sealed contains ciphertext and tag from `from` to its end
  /// @throws AEADBadTagException changed, or sealed with other key, nonce or aad
  byte[] open(Key key, byte[] nonce, byte[] sealed, int from, byte[] aad)
      throws AEADBadTagException {
    try {
      init(Cipher.DECRYPT_MODE, key, nonce, aad);
      return gcm.doFinal(sealed, from, sealed.length - from);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot open " + sealed.length + " B", e);
    }
  }

  private void init(int mode, Key key, byte[] nonce, byte[] aad) throws GeneralSecurityException {
    byte[] rowKey = derive(key, nonce);
    gcm.init(
        mode,
        new SecretKeySpec(rowKey, "AES"),
        new GCMParameterSpec(8 * TAG_BYTES, nonce, HALF_NONCE_BYTES, HALF_NONCE_BYTES));
    Arrays.fill(rowKey, (byte) 0);
    gcm.updateAAD(aad);
  }

  private byte[] derive(Key key, byte[] nonce) throws GeneralSecurityException {
    block.init(Cipher.ENCRYPT_MODE, key);
    byte[] mask = doubled(block.doFinal(new byte[BLOCK_BYTES]));
    byte[] blocks = new byte[2 * BLOCK_BYTES];
    for (int i = 0; i < 2; i++) {
      int start = i * BLOCK_BYTES;
      blocks[start + 1] = (byte) (i + 1);
      blocks[start + 2] = 'X';
      System.arraycopy(nonce, 0, blocks, start + 4, HALF_NONCE_BYTES);
      for (int j = 0; j < BLOCK_BYTES; j++) {
        blocks[start + j] ^= mask[j];
      }
    }
    return block.doFinal(blocks);
  }

  /// Times x in GF(2^128), as in CMAC; without a branch on the secret.
  private static byte[] doubled(byte[] value) {
    byte[] result = new byte[BLOCK_BYTES];
    int carry = 0;
    for (int i = BLOCK_BYTES - 1; i >= 0; i--) {
      int shifted = (value[i] & 0xFF) << 1 | carry;
      result[i] = (byte) shifted;
      carry = shifted >> 8;
    }
    result[BLOCK_BYTES - 1] ^= (byte) (-carry & REDUCTION);
    return result;
  }
}
