package wildcat.client.pairing;

import wildcat.client.store.Credentials;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.MalformedPairing;

/// What a phone and the server tell a companion that has been linked, checked.
///
/// Source: whatsmeow pair.go (handlePairSuccess), Baileys Utils/validate-connection.ts
/// (configureSuccessfulPairing).
///
/// @param identity what goes back to the server
record PairSuccess(Credentials.Link link, Adv.SignedIdentity identity) {
  private static final int MAX_NAME_CHARACTERS = 200;

  /// @param element the `pair-success` element
  /// @param own the keys the QR code has shown
  /// @throws MalformedPairing with the error to answer
  static PairSuccess read(Node element, Credentials own, Adv adv) throws MalformedPairing {
    Bytes container =
        element
            .child("device-identity")
            .flatMap(Node::bytes)
            .orElseThrow(() -> malformed("pair-success without device-identity"));
    Adv.SignedIdentity identity = adv.accept(container, own.advSecret(), own.identity());
    Node device =
        element.child("device").orElseThrow(() -> malformed("pair-success without device"));
    Jid pn =
        device
            .jid("jid")
            .filter(jid -> jid.isPn() && isCompanion(jid))
            .orElseThrow(() -> malformed("pair-success without a device's pn"));
    Jid lid =
        device
            .jid("lid")
            .filter(jid -> jid.isLid() && jid.device() == pn.device() && isCompanion(jid))
            .orElseThrow(() -> malformed("pair-success without the same device's lid"));
    return new PairSuccess(
        new Credentials.Link(
            pn,
            lid,
            identity.full(),
            identity.accountKey(),
            name(element, "platform"),
            name(element, "biz")),
        identity);
  }

  private static boolean isCompanion(Jid jid) {
    return !jid.user().isEmpty() && jid.device() > 0 && jid.agent() == 0;
  }

  private static String name(Node element, String tag) {
    String name = element.child(tag).map(n -> n.text("name")).orElse("");
    return name.length() <= MAX_NAME_CHARACTERS ? name : name.substring(0, MAX_NAME_CHARACTERS);
  }

  private static MalformedPairing malformed(String message) {
    return new MalformedPairing(MalformedPairing.Reply.INTERNAL_ERROR, message);
  }
}
