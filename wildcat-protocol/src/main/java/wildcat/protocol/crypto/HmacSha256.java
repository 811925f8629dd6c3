package wildcat.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 with an engine that is kept, since a new `Mac` per message is dearer than the hashing.
///
/// Not thread-safe: one per thread or per object that one thread uses. Source: RFC 2104.
public final class HmacSha256 {
  public static final int SIZE_BYTES = 32;

  private final Mac mac;

  public HmacSha256() {
    try {
      mac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }

  /// The MAC of `message` with a fresh engine; callable by any thread.
  public static byte[] of(byte[] key, byte[] message) {
    return new HmacSha256().mac(key, message);
  }

  /// The MAC over the concatenation of `parts`, 32 bytes. `key` may have any length, also none.
  public byte[] mac(byte[] key, byte[]... parts) {
    start(key);
    for (byte[] part : parts) {
      update(part, 0, part.length);
    }
    return finish();
  }

  /// Begins a MAC whose input follows in pieces; what was begun before is dropped.
  public void start(byte[] key) {
    try {
      // a key is padded with zeros to the block size, so a zero byte is the empty key the JDK
      // refuses
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes every key", e);
    }
  }

  public void update(byte[] bytes, int offset, int length) {
    mac.update(bytes, offset, length);
  }

  /// The 32 bytes; the engine then stands after [#start] with the same key.
  public byte[] finish() {
    return mac.doFinal();
  }
}
