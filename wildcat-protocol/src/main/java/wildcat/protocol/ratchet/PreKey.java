package wildcat.protocol.ratchet;

import wildcat.protocol.curve.KeyPair;

/// A one-time pre-key.
///
/// @param id 1 to 16,777,215
public record PreKey(int id, KeyPair keys) {
  public static final int MAX_ID = 0xFF_FFFF;

  public PreKey {
    if (id < 1 || id > MAX_ID) {
      throw new IllegalArgumentException("pre-key id " + id + " is not within 1.." + MAX_ID);
    }
  }
}
