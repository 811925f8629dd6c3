package wildcat.simulator.answer;

import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// A client vouches for a contact: the server makes a token and tells the contact's devices.
/// Source: protocol notes 05, section 4.2, and 10, section 16.
final class TrustedContactTokens implements Request {
  private static final long WEEK_SECONDS = 604_800;
  private static final int TOKEN_BYTES = 16;

  private final World world;

  TrustedContactTokens(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    for (Node token : iq.child("tokens").map(t -> t.children("token")).orElseThrow()) {
      token
          .jid("jid")
          .flatMap(world.directory()::account)
          .filter(contact -> contact != from.account())
          .ifPresent(contact -> issue(from.account(), contact, token));
    }
    return Reply.result(iq);
  }

  private void issue(Account issuer, Account contact, Node request) {
    long at = request.number("t").orElse(world.seconds());
    Bytes token =
        issuer.token(
            contact, Math.floorDiv(at, WEEK_SECONDS), () -> world.chance().bytes(TOKEN_BYTES));
    Jid asked = request.jid("jid").orElse(contact.lid());
    Node notification =
        Node.of(
                "notification",
                Node.of(
                    "tokens",
                    Node.of("token", token).with("type", "trusted_contact").with("t", at)))
            .with("from", issuer.in(asked))
            .with("id", world.nextStanzaId())
            .with("type", "privacy_token")
            .with("t", world.seconds())
            .with("sender_lid", issuer.lid());
    contact.devices().forEach(device -> world.deliver(device, notification));
  }
}
