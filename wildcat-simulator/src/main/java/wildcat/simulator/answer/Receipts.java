package wildcat.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Delivery.Completion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// A device answers for a message: it leaves the queue, and its author hears of it.
/// Source: protocol notes 05, section 6.4, and 10, section 11.
final class Receipts {
  private static final int MAX_IDS = 5_000;

  private final World world;

  Receipts(World world) {
    this.world = world;
  }

  /// @return the ack
  Node accept(Device from, Node stanza) {
    String type = stanza.text("type");
    complete(from, stanza, type.equals("retry") ? Completion.RETRY : Completion.RECEIPT);
    Optional<Jid> to = stanza.jid("to");
    Optional<Account> author = to.flatMap(world.directory()::account);
    switch (type) {
      case "", "inactive", "read", "played" ->
          author
              .filter(a -> a != from.account())
              .ifPresent(a -> forward(from, stanza, to.orElseThrow(), a));
      case "read-self", "played-self" -> tellOwnDevices(from, stanza);
      case "retry" -> {
        from.queue().askAgain(stanza.text("id"));
        to.flatMap(world.directory()::device).ifPresent(d -> retry(from, stanza, d));
      }
      case "server-error" ->
          world.deliver(
              from.account().phone(),
              receipt(from, stanza, from.pn()).containing(stanza.children()));
      case "sender", "peer_msg", "hist_sync" -> {
        // for the server only
      }
      default -> world.tally().unknownStanza("receipt " + type);
    }
    Node ack =
        Node.of("ack")
            .with("class", "receipt")
            .with("id", stanza.text("id"))
            .with("from", to.orElse(Jid.WHATSAPP));
    return type.isEmpty() ? ack : ack.with("type", type);
  }

  private void complete(Device from, Node stanza, Completion how) {
    var ids = new ArrayList<String>();
    ids.add(stanza.text("id"));
    stanza
        .child("list")
        .ifPresent(list ->
            list.children("item").stream()
                .limit(MAX_IDS)
                .forEach(item -> ids.add(item.text("id"))));
    var sameSender = Acks.sameSender(world, stanza.jid("to"));
    for (String id : ids) {
      from.queue().complete("message", id, sameSender, how, world.now());
    }
  }

  private void forward(Device from, Node stanza, Jid to, Account author) {
    Node receipt = receipt(from, stanza, to);
    author.devices().forEach(device -> world.deliver(device, receipt));
    if (stanza.text("type").equals("read") || stanza.text("type").equals("played")) {
      tellOwnDevices(from, stanza);
    }
  }

  /// The account's other devices mark the chat as read.
  private void tellOwnDevices(Device from, Node stanza) {
    Jid chat = stanza.jid("recipient").or(() -> stanza.jid("to")).orElse(Jid.WHATSAPP);
    Node receipt = receipt(from, stanza, chat).with("recipient", chat.withoutDevice());
    for (Device own : from.account().companions()) {
      if (own != from) {
        world.deliver(own, receipt);
      }
    }
  }

  private Node receipt(Device from, Node stanza, Jid form) {
    Node receipt =
        Node.of("receipt")
            .with("from", from.in(form))
            .with("id", stanza.text("id"))
            .with("t", world.seconds());
    if (stanza.attribute("type").isPresent()) {
      receipt = receipt.with("type", stanza.text("type"));
    }
    List<Node> list = stanza.children("list");
    return list.isEmpty() ? receipt : receipt.containing(list);
  }

  /// Only the device that sent the message can send it again.
  private void retry(Device from, Node stanza, Device author) {
    Node receipt =
        receipt(from, stanza, stanza.jid("to").orElseThrow()).containing(stanza.children());
    Optional<Jid> recipient = stanza.jid("recipient");
    world.deliver(
        author, recipient.isPresent() ? receipt.with("recipient", recipient.get()) : receipt);
  }
}
