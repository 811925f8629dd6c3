package wildcat.protocol.crypto;

import java.util.Arrays;

/// HKDF with SHA-256: makes keys of any length out of one secret.
///
/// An instance keeps its engine and belongs to one thread; the static method may be called by any.
/// Source: RFC 5869.
public final class Hkdf {
  /// The longest output: 255 blocks.
  public static final int MAX_OUTPUT_BYTES = 255 * HmacSha256.SIZE_BYTES;

  private final HmacSha256 hmac;

  public Hkdf() {
    this(new HmacSha256());
  }

  /// Shares `hmac`, and so its thread.
  public Hkdf(HmacSha256 hmac) {
    this.hmac = hmac;
  }

  /// Extract and expand with a fresh engine.
  ///
  /// @param salt may be empty, which equals 32 zero bytes
  /// @param info may be empty
  /// @param lengthBytes 0 to 8,160
  public static byte[] derive(byte[] salt, byte[] ikm, byte[] info, int lengthBytes) {
    return new Hkdf().extractAndExpand(salt, ikm, info, lengthBytes);
  }

  /// As [#derive], with this instance's engine.
  public byte[] extractAndExpand(byte[] salt, byte[] ikm, byte[] info, int lengthBytes) {
    if (lengthBytes < 0 || lengthBytes > MAX_OUTPUT_BYTES) {
      throw new IllegalArgumentException(
          "HKDF yields 0 to " + MAX_OUTPUT_BYTES + " B, not " + lengthBytes);
    }
    byte[] pseudoRandomKey = hmac.mac(salt, ikm);
    var output = new byte[lengthBytes];
    var counter = new byte[1];
    var previous = new byte[0];
    hmac.start(pseudoRandomKey);
    for (int done = 0; done < lengthBytes; done += previous.length) {
      counter[0]++;
      hmac.update(previous, 0, previous.length);
      hmac.update(info, 0, info.length);
      hmac.update(counter, 0, 1);
      previous = hmac.finish();
      System.arraycopy(previous, 0, output, done, Math.min(previous.length, lengthBytes - done));
    }
    Arrays.fill(pseudoRandomKey, (byte) 0);
    return output;
  }
}
