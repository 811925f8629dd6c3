package wildcat.simulator.phone;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.proto.DeviceSentMessage;
import wildcat.proto.Message;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.MessageIds;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.World;

/// Encrypts what a phone says for all devices it is meant for, the way any client does. Belongs to the
/// phone's thread. Source: protocol notes 05, sections 2, 4 and 7.2.
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final World world;
  private final Uplink uplink;
  private final Account account;
  private final Ciphers ciphers;
  private final Archive archive;

  Sender(World world, Uplink uplink, Account account, Ciphers ciphers, Archive archive) {
    this.world = world;
    this.uplink = uplink;
    this.account = account;
    this.ciphers = ciphers;
    this.archive = archive;
  }

  /// @param to a user
  void send(String id, Jid to, Message message, Instant at) {
    Jid chat = pn(to);
    archive.sent(
        new Archive.Stored(
            new PhoneMessage(
                id, account.pn(), chat, Contents.kind(message), Contents.text(message), at),
            message,
            chat,
            true,
            account.pushName()));
    Map<Jid, Jid> devices = devices(to);
    fetchMissing(devices.values());
    var entries = new ArrayList<Node>();
    String mediaType = Contents.mediaType(message);
    byte[] forOthers = message.toByteArray();
    byte[] forOwn = ownCopy(message, to).toByteArray();
    devices.forEach((shown, lid) -> {
      boolean own = lid.isSameUser(account.lid());
      if (ciphers.knows(lid) && !lid.equals(account.lid())) {
        Node enc = ciphers.encrypt(lid, own ? forOwn : forOthers);
        Node labelled = mediaType.isEmpty() ? enc : enc.with("mediatype", mediaType);
        entries.add(Node.of("to", labelled).with("jid", shown));
      }
    });
    if (entries.isEmpty()) {
      LOG.atWarn().addKeyValue("id", id).log("a phone's message has no device to go to");
      return;
    }
    uplink.stanza(
        account.phone(),
        Node.of("message", Node.of("participants").containing(entries))
            .with("id", id)
            .with("to", to)
            .with("type", mediaType.isEmpty() ? "text" : "media"));
  }

  /// What own companions get: the message and the chat it belongs to.
  private static Message ownCopy(Message message, Jid chat) {
    return Message.newBuilder()
        .setDeviceSentMessage(
            DeviceSentMessage.newBuilder().setDestinationJid(chat.toString()).setMessage(message))
        .build();
  }

  private Jid pn(Jid user) {
    try (var _ = world.locked()) {
      return world.directory().account(user).map(Account::pn).orElse(user);
    }
  }

  /// All devices of the recipient and of the own account, in the form of `to`, with their lids.
  private Map<Jid, Jid> devices(Jid to) {
    Jid own = account.in(to);
    var users = new ArrayList<Node>();
    users.add(Node.of("user").with("jid", to));
    if (!own.equals(to)) {
      users.add(Node.of("user").with("jid", own));
    }
    Node query =
        iq("get", "usync")
            .containing(
                Node.of(
                        "usync",
                        Node.of("query", Node.of("devices").with("version", 2), Node.of("lid")),
                        Node.of("list").containing(users))
                    .with("sid", world.nextStanzaId())
                    .with("mode", "query")
                    .with("last", "true")
                    .with("index", 0)
                    .with("context", "message"));
    Node answer = uplink.request(account.phone(), query);
    var devices = new HashMap<Jid, Jid>();
    for (Node user : answer.path("usync", "list").map(Node::children).orElse(List.of())) {
      Jid jid = user.jid("jid").orElseThrow();
      Jid lid = user.child("lid").flatMap(n -> n.jid("val")).orElse(jid);
      for (Node device :
          user.path("devices", "device-list").map(Node::children).orElse(List.of())) {
        int number = Math.toIntExact(device.number("id").orElseThrow());
        devices.put(jid.withDevice(number), lid.withDevice(number));
      }
    }
    return devices;
  }

  private Node iq(String type, String namespace) {
    return Node.of("iq")
        .with("id", world.nextStanzaId())
        .with("to", Jid.WHATSAPP)
        .with("type", type)
        .with("xmlns", namespace);
  }

  private void fetchMissing(Iterable<Jid> lids) {
    var missing = new ArrayList<Jid>();
    for (Jid lid : lids) {
      if (!ciphers.knows(lid) && !lid.equals(account.lid())) {
        missing.add(lid);
      }
    }
    if (!missing.isEmpty()) {
      fetch(missing);
    }
  }

  /// Starts over with these devices.
  void fetch(List<Jid> lids) {
    List<Node> users = lids.stream().map(lid -> Node.of("user").with("jid", lid)).toList();
    Node answer =
        uplink.request(
            account.phone(), iq("get", "encrypt").containing(Node.of("key").containing(users)));
    for (Node user : answer.child("list").map(Node::children).orElse(List.of())) {
      Optional<PreKeyBundle> bundle = Bundles.parse(user);
      Optional<Jid> lid = user.jid("jid");
      if (bundle.isPresent() && lid.isPresent()) {
        initiate(lid.get(), bundle.get());
      }
    }
  }

  void initiate(Jid lid, PreKeyBundle bundle) {
    try {
      ciphers.initiate(lid, bundle);
    } catch (InvalidKey e) {
      world.tally().violation("bundle with a key that cannot be used");
      LOG.atWarn().setCause(e).log("no ratchet with a device");
    }
  }

  /// A message to one own companion that is no chat message.
  void sendPeer(Jid companion, Message message) {
    Jid lid = account.lid().withDevice(companion.device());
    if (!ciphers.knows(lid)) {
      fetch(List.of(lid));
    }
    if (!ciphers.knows(lid)) {
      LOG.atWarn().log("a companion cannot be reached");
      return;
    }
    uplink.stanza(
        account.phone(),
        Node.of("message", ciphers.encrypt(lid, message.toByteArray()))
            .with("id", nextId())
            .with("to", account.pn().withDevice(companion.device()))
            .with("type", "text")
            .with("category", "peer")
            .with("push_priority", "high"));
  }

  private String nextId() {
    return MessageIds.next(account.pn(), world.now(), world.chance().shared());
  }

  /// A device could not read a message of this phone.
  ///
  /// @param receipt its retry receipt
  void resend(Node receipt, Jid requester, Jid lid) {
    Optional<Archive.Stored> entry = archive.sent(receipt.text("id"));
    long count = receipt.child("retry").flatMap(r -> r.number("count")).orElse(1L);
    if (entry.isEmpty() || count > Receiver.MAX_RETRIES) {
      return;
    }
    Optional<PreKeyBundle> offered = receipt.child("keys").flatMap(k -> Bundles.parse(receipt));
    if (offered.isPresent()) {
      initiate(lid, offered.get());
    } else if (count > 1 || !ciphers.knows(lid)) {
      fetch(List.of(lid));
    }
    if (!ciphers.knows(lid)) {
      return;
    }
    Jid chat = requester.isLid() ? lidOf(entry.get().chat()) : entry.get().chat();
    boolean own = lid.isSameUser(account.lid());
    Message message = own ? ownCopy(entry.get().message(), chat) : entry.get().message();
    Node again =
        Node.of("message", ciphers.encrypt(lid, message.toByteArray()).with("count", count))
            .with("id", receipt.text("id"))
            .with("to", requester)
            .with("type", "text")
            .with("t", entry.get().shown().sentAt().getEpochSecond())
            .with("device_fanout", "false");
    uplink.stanza(account.phone(), own ? again.with("recipient", chat) : again);
  }

  private Jid lidOf(Jid pn) {
    try (var _ = world.locked()) {
      return world.directory().account(pn).map(Account::lid).orElse(pn);
    }
  }
}
