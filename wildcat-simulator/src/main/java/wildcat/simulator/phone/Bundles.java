package wildcat.simulator.phone;

import java.util.Optional;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.world.WireKeys;

/// Bundles inside stanzas. Source: protocol notes 04, section 6.3, and 05, section 7.1.
final class Bundles {
  private Bundles() {}

  /// Reads a user of a key answer, or a retry receipt with its `<keys>`.
  static Optional<PreKeyBundle> parse(Node stanza) {
    Node keys = stanza.child("keys").orElse(stanza);
    Optional<Integer> registration = WireKeys.number(stanza, "registration", 4);
    Optional<PublicKey> identity = WireKeys.publicKey(keys, "identity");
    Optional<PreKeyBundle.Signed> signed = keys.child("skey").flatMap(WireKeys::signed);
    if (registration.isEmpty() || identity.isEmpty() || signed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PreKeyBundle(
            registration.get(),
            identity.get(),
            signed.get(),
            keys.child("key").flatMap(WireKeys::oneTime)));
  }

  /// `<keys>` of a phone's retry receipt.
  static Node keys(PreKeyBundle bundle) {
    return Node.of(
        "keys",
        Node.of("type", WireKeys.CURVE_25519),
        Node.of("identity", bundle.identity().bytes()),
        WireKeys.oneTime(bundle.oneTime().orElseThrow()),
        WireKeys.signed(bundle.signed()));
  }
}
