package wildcat.protocol.noise;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.crypto.AesGcm;

/// One direction of a connection: a key and a counter.
///
/// The engines are shared by all connections of the process and borrowed for a frame: a process holds
/// thousands of connections that are idle nearly always, and an engine of their own would cost each of
/// them more memory than all the rest of it.
final class FrameCipher {
  private static final ConcurrentLinkedQueue<Cipher> ENGINES = new ConcurrentLinkedQueue<>();
  private static final long COUNTER_LIMIT = 1L << 32;

  private final SecretKeySpec key;
  private long counter;

  FrameCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  byte[] seal(byte[] plaintext) {
    try {
      return run(Cipher.ENCRYPT_MODE, plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses to encrypt", e);
    }
  }

  byte[] open(byte[] frame) throws HandshakeFailed {
    if (frame.length < AesGcm.TAG_BYTES) {
      throw new HandshakeFailed("a frame of " + frame.length + " B has no room for its tag");
    }
    try {
      return run(Cipher.DECRYPT_MODE, frame);
    } catch (AEADBadTagException e) {
      throw new HandshakeFailed("a frame does not decrypt", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses to decrypt", e);
    }
  }

  private byte[] run(int mode, byte[] input) throws GeneralSecurityException {
    if (counter == COUNTER_LIMIT) {
      throw new IllegalStateException("the frame counter is used up");
    }
    byte[] nonce = HandshakeState.nonce((int) counter++);
    @Nullable Cipher borrowed = ENGINES.poll();
    Cipher engine = borrowed == null ? Cipher.getInstance("AES/GCM/NoPadding") : borrowed;
    var parameters = new GCMParameterSpec(8 * AesGcm.TAG_BYTES, nonce);
    try {
      engine.init(mode, key, parameters);
    } catch (InvalidAlgorithmParameterException e) {
      // this engine sealed last under the same key and nonce: two connections with the same keys,
      // as in
      // two runs of a simulation from one seed; another engine does not remember
      engine = Cipher.getInstance("AES/GCM/NoPadding");
      engine.init(mode, key, parameters);
    }
    byte[] output = engine.doFinal(input);
    ENGINES.offer(engine); // one that has failed is not given back
    return output;
  }
}
