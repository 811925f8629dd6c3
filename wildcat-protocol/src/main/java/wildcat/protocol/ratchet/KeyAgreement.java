package wildcat.protocol.ratchet;

import java.util.Optional;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// X3DH: what both sides compute from three or four agreements, in the same order.
///
/// Source: "The X3DH Key Agreement Protocol"; libsignal, ratchet.rs, before PQXDH.
final class KeyAgreement {
  private static final int SHARED_BYTES = 32;

  private final Curve curve;

  KeyAgreement(Curve curve) {
    this.curve = curve;
  }

  /// The initiator's shared secrets, one after the other.
  byte[] initiate(KeyPair identity, KeyPair base, PreKeyBundle bundle) throws InvalidKey {
    PublicKey signed = bundle.signed().key();
    var shared = new byte[SHARED_BYTES * (bundle.oneTime().isPresent() ? 4 : 3)];
    put(shared, 0, identity.privateKey(), signed);
    put(shared, 1, base.privateKey(), bundle.identity());
    put(shared, 2, base.privateKey(), signed);
    if (bundle.oneTime().isPresent()) {
      put(shared, 3, base.privateKey(), bundle.oneTime().get().key());
    }
    return shared;
  }

  /// The responder's, equal to the initiator's.
  byte[] respond(
      KeyPair identity, KeyPair signed, Optional<KeyPair> oneTime, PreKeySignalMessage message)
      throws InvalidKey {
    var shared = new byte[SHARED_BYTES * (oneTime.isPresent() ? 4 : 3)];
    put(shared, 0, signed.privateKey(), message.identity());
    put(shared, 1, identity.privateKey(), message.baseKey());
    put(shared, 2, signed.privateKey(), message.baseKey());
    if (oneTime.isPresent()) {
      put(shared, 3, oneTime.get().privateKey(), message.baseKey());
    }
    return shared;
  }

  private void put(byte[] shared, int index, Secret ours, PublicKey theirs) throws InvalidKey {
    byte[] secret = curve.agree(ours, theirs);
    System.arraycopy(secret, 0, shared, index * SHARED_BYTES, SHARED_BYTES);
  }
}
