package wildcat.client.store.codec;

import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.ratchet.PreKey;

/// The stored form of a one-time pre-key: its key pair in field 1. It contains a secret: seal it.
public final class PreKeyCodec {
  private static final int VERSION = 1;

  private PreKeyCodec() {}

  public static Bytes encode(PreKey key) {
    return new FieldWriter().keys(1, key.keys()).record(VERSION);
  }

  /// @throws StoreFailed.Unreadable damaged, or of a newer version
  public static PreKey decode(int id, Bytes stored) throws StoreFailed.Unreadable {
    try {
      return new PreKey(id, Fields.of("pre-key", VERSION, stored).keys(1));
    } catch (IllegalArgumentException e) {
      throw new StoreFailed.Unreadable("stored pre-key: a value out of its range", e);
    }
  }
}
