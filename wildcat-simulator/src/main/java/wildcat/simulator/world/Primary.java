package wildcat.simulator.world;

import java.util.List;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKeyBundle;

/// What the server needs from an account's phone at once. Called under the world's lock: short, and
/// without a call back.
public interface Primary {
  PublicKey identity();

  /// The phone's own bundle, with a one-time key made for this call.
  PreKeyBundle bundle();

  /// ADVSignedKeyIndexList over the companions that are linked now.
  Bytes signKeyIndexes(int current, List<Integer> valid);
}
