package wildcat.protocol.ratchet;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The padding of a message before encryption: n bytes of value n, 1 to 16.
///
/// Sources: whatsmeow message.go (unpadMessage), Baileys generics.ts.
public final class Padding {
  private static final int MAX_BYTES = 16;

  private Padding() {}

  public static byte[] pad(byte[] message, RandomGenerator random) {
    int count = 1 + random.nextInt(MAX_BYTES);
    byte[] padded = Arrays.copyOf(message, message.length + count);
    Arrays.fill(padded, message.length, padded.length, (byte) count);
    return padded;
  }

  /// Takes any count a peer may have chosen, up to the whole plaintext.
  ///
  /// @throws CannotDecrypt empty, or the last byte is not a possible padding
  public static byte[] unpad(byte[] plaintext) throws CannotDecrypt {
    if (plaintext.length == 0) {
      throw MessageFields.malformed("the plaintext is empty");
    }
    int count = plaintext[plaintext.length - 1] & 0xff;
    if (count == 0 || count > plaintext.length) {
      throw MessageFields.malformed(
          "padding of " + count + " B in a plaintext of " + plaintext.length + " B");
    }
    return Arrays.copyOf(plaintext, plaintext.length - count);
  }
}
