package wildcat.simulator.answer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// A message: checked, acknowledged, and copied to each device it holds a ciphertext for.
/// Source: protocol notes 05, sections 4, 6.1 and 7; 10, section 10.
final class Messages {
  /// What a copy keeps besides ciphertexts and the sender's device identity.
  private static final Set<String> COPIED = Set.of("meta", "biz", "reporting");

  private static final Set<String> CIPHERS = Set.of("pkmsg", "msg");
  private static final int UNKNOWN_RECIPIENT = 404;
  private static final int BAD_SCHEMA = 479;

  private final World world;

  Messages(World world) {
    this.world = world;
  }

  /// @return the ack
  Node accept(Device from, Node stanza) {
    Optional<Jid> to = stanza.jid("to");
    String id = stanza.text("id");
    if (to.isEmpty() || id.isEmpty()) {
      world.tally().violation("message without " + (to.isEmpty() ? "to" : "id"));
      return refusal(stanza, BAD_SCHEMA);
    }
    if (!to.get().isUser()) {
      world.tally().unknownStanza("message to " + to.get().server());
      return refusal(stanza, 501);
    }
    Optional<Account> recipient = world.directory().account(to.get());
    if (recipient.isEmpty()) {
      return refusal(stanza, UNKNOWN_RECIPIENT);
    }
    if (ciphertexts(stanza).isEmpty()) {
      world.tally().violation("message without ciphertext");
      return refusal(stanza, BAD_SCHEMA);
    }
    checkMessageKeys(from, stanza, recipient.get());
    if (stanza.text("category").equals("peer")) {
      return peer(from, stanza, recipient.get());
    }
    Optional<Jid> only = onlyTarget(from, stanza, recipient.get(), to.get());
    if (only.isPresent()) {
      return world
          .directory()
          .device(only.get())
          .map(device -> resend(from, stanza, device))
          .orElseGet(() -> ack(stanza)); // unlinked meanwhile
    }
    switch (from.sentMessages().note(id, recipient.get().lid())) {
      case NEW -> {
        world.tally().message();
        from.account().meet(recipient.get());
        fanOut(from, stanza, recipient.get(), _ -> true);
      }
      // Baileys repeats the whole message when a phone cannot read it
      case REPEATED ->
          fanOut(from, stanza, recipient.get(), device -> device.queue().takeAskedAgain(id));
      case REUSED -> world.tally().violation("message id used for two chats");
    }
    return ack(stanza);
  }

  private Node ack(Node stanza) {
    return Node.of("ack")
        .with("class", "message")
        .with("id", stanza.text("id"))
        .with("from", stanza.jid("to").orElse(Jid.WHATSAPP))
        .with("t", world.seconds());
  }

  private Node refusal(Node stanza, int error) {
    return ack(stanza).with("error", error);
  }

  private static List<Node> ciphertexts(Node stanza) {
    var all = new ArrayList<>(stanza.children("enc"));
    stanza
        .child("participants")
        .ifPresent(p -> p.children("to").forEach(to -> all.addAll(to.children("enc"))));
    return all;
  }

  private void checkMessageKeys(Device from, Node stanza, Account recipient) {
    Jid direct = recipient.lid().withDevice(stanza.jid("to").orElseThrow().device());
    stanza.children("enc").forEach(enc -> checkMessageKey(from, direct, enc));
    for (Node entry : stanza.child("participants").map(p -> p.children("to")).orElse(List.of())) {
      Optional<Jid> lid = entry.jid("jid").flatMap(world.directory()::device).map(Device::lid);
      lid.ifPresent(
          target -> entry.children("enc").forEach(enc -> checkMessageKey(from, target, enc)));
    }
  }

  private void checkMessageKey(Device from, Jid target, Node enc) {
    Bytes ciphertext = enc.bytes().orElse(Bytes.empty());
    if (!from.usedMessageKeys().note(target, enc.text("type"), ciphertext)) {
      world.tally().violation("message key used twice");
    }
  }

  /// What own devices tell each other: a companion its phone, the phone one companion.
  private Node peer(Device from, Node stanza, Account recipient) {
    if (recipient != from.account()) {
      world.tally().violation("peer message to somebody else");
      return refusal(stanza, BAD_SCHEMA);
    }
    List<Node> encs = stanza.children("enc");
    Optional<Device> target = recipient.device(stanza.jid("to").orElseThrow().device());
    if (from.isPhone() && target.isEmpty()) {
      // the companion was unlinked while its phone was writing
      return refusal(stanza, BAD_SCHEMA);
    }
    if (encs.isEmpty() || target.isEmpty() || target.get() == from) {
      world.tally().violation("peer message without a ciphertext, or to no other own device");
      return refusal(stanza, BAD_SCHEMA);
    }
    Node copy = copy(from, stanza, encs, from.pn()).with("category", "peer");
    world.deliver(target.get(), copy);
    return ack(stanza);
  }

  /// The one device a resend, or a message of the phone to its companion, is for.
  private static Optional<Jid> onlyTarget(Device from, Node stanza, Account recipient, Jid to) {
    Optional<Jid> participant = stanza.jid("participant");
    if (participant.isPresent()) {
      return participant;
    }
    boolean toItself = recipient == from.account() && to.device() == from.number();
    boolean named = to.device() != 0 || stanza.text("device_fanout").equals("false");
    return named && !toItself ? Optional.of(to) : Optional.empty();
  }

  private Node resend(Device from, Node stanza, Device target) {
    List<Node> encs = stanza.children("enc");
    if (encs.isEmpty()) {
      encs =
          stanza.child("participants").stream()
              .flatMap(p -> p.children("to").stream())
              .filter(to ->
                  to.jid("jid").flatMap(world.directory()::device).equals(Optional.of(target)))
              .flatMap(to -> to.children("enc").stream())
              .toList();
    }
    if (encs.isEmpty()) {
      world.tally().violation("resend without a ciphertext for its device");
      return refusal(stanza, BAD_SCHEMA);
    }
    Jid chat = stanza.jid("recipient").orElse(stanza.jid("to").orElseThrow()).withoutDevice();
    Node copy = addressed(copy(from, stanza, encs, chat), from, target, chat);
    world.tally().message();
    world.deliver(target, copy);
    return ack(stanza);
  }

  private void fanOut(Device from, Node stanza, Account recipient, Predicate<Device> wanted) {
    List<Node> entries = stanza.child("participants").map(p -> p.children("to")).orElse(List.of());
    if (entries.isEmpty() && wanted.test(recipient.phone())) {
      deliver(from, stanza, recipient.phone(), stanza.children("enc"));
    }
    Set<Device> served = new HashSet<>();
    for (Node entry : entries) {
      Optional<Device> device = entry.jid("jid").flatMap(world.directory()::device);
      if (device.isEmpty()) {
        continue; // unlinked since the sender asked
      }
      Account account = device.get().account();
      if (account != recipient && account != from.account()) {
        world.tally().violation("ciphertext for a third account");
      } else if (device.get() == from) {
        world.tally().violation("ciphertext for the sending device");
      } else if (served.add(device.get()) && wanted.test(device.get())) {
        // (Baileys lists the own phone twice in a message to its own number)
        deliver(from, stanza, device.get(), entry.children("enc"));
      }
    }
    if (served.isEmpty() && !entries.isEmpty()) {
      world.tally().violation("message for no device of its recipient");
    }
  }

  private void deliver(Device from, Node stanza, Device target, List<Node> encs) {
    Jid chat = stanza.jid("to").orElseThrow().withoutDevice();
    if (!encs.isEmpty()) {
      world.deliver(target, addressed(copy(from, stanza, encs, chat), from, target, chat));
    }
  }

  /// The copy without what depends on the target.
  ///
  /// @param chat its form, pn or lid, is the form of the sender's address
  private Node copy(Device from, Node stanza, List<Node> encs, Jid chat) {
    var children = new ArrayList<Node>(encs);
    boolean first = encs.stream().anyMatch(enc -> enc.text("type").equals("pkmsg"));
    for (Node enc : encs) {
      if (!CIPHERS.contains(enc.text("type")) || enc.bytes().orElse(Bytes.empty()).isEmpty()) {
        world.tally().violation("ciphertext of type " + enc.text("type"));
      }
    }
    if (first && !from.isPhone()) {
      Optional<Node> identity = stanza.child("device-identity");
      identity.ifPresent(children::add);
      if (identity.isEmpty()) {
        world.tally().violation("pkmsg of a companion without device-identity");
      }
    }
    stanza.children().stream().filter(c -> COPIED.contains(c.tag())).forEach(children::add);
    boolean again = !stanza.children("enc").isEmpty();
    Node copy =
        Node.of("message")
            .with("from", from.in(chat))
            .with("id", stanza.text("id"))
            .with("t", again ? stanza.number("t").orElse(world.seconds()) : world.seconds())
            .with("type", stanza.attribute("type").orElse("text"))
            .with("notify", from.account().pushName());
    if (stanza.attribute("edit").isPresent()) {
      copy = copy.with("edit", stanza.text("edit"));
    }
    return copy.containing(children);
  }

  /// Adds the sender's or the chat's other address. Never both: clients would map one onto the other.
  private Node addressed(Node copy, Device from, Device target, Jid chat) {
    Account sender = from.account();
    if (target.account() != sender) {
      return chat.isLid()
          ? copy.with("sender_pn", sender.pn())
          : copy.with("sender_lid", sender.lid());
    }
    Optional<Account> partner = world.directory().account(chat).filter(a -> a != sender);
    if (partner.isEmpty()) {
      return copy;
    }
    Node own = copy.with("recipient", chat);
    return chat.isLid()
        ? own.with("peer_recipient_pn", partner.get().pn())
        : own.with("peer_recipient_lid", partner.get().lid());
  }
}
