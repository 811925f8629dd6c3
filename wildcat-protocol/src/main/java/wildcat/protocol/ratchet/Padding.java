package wildcat.protocol.ratchet;

import java.util.random.RandomGenerator;

/// The padding of a message before encryption: n bytes of value n, 1 to 16.
/// Source: protocol notes 04, section 7.
public final class Padding {
  private Padding() {}

  public static byte[] pad(byte[] message, RandomGenerator random) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// @throws CannotDecrypt empty, or the last byte is not a possible padding
  public static byte[] unpad(byte[] plaintext) throws CannotDecrypt {
    throw new UnsupportedOperationException("not built yet");
  }
}
