package wildcat.simulator.answer;

import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKeyBundle;

/// Signatures of clients, which some of their peers do not check themselves.
final class Signatures {
  private Signatures() {}

  static boolean holds(Curve curve, PublicKey identity, PreKeyBundle.Signed key) {
    return curve.verify(identity, key.key().signalForm(), key.signature().toArray());
  }
}
