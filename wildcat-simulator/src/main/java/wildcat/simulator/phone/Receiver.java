package wildcat.simulator.phone;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.proto.Message;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.WireKeys;
import wildcat.simulator.world.World;

/// Reads what comes for a phone and answers for it. Belongs to the phone's thread.
/// Source: protocol notes 05, sections 6 and 7.
final class Receiver {
  static final int MAX_RETRIES = 4;

  /// The server's word for a companion that can be reached for the first time.
  private static final String COMPANION_READY = "companion_ready";

  private static final int MAX_RETRY_COUNTERS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  /// What it works with.
  record Parts(
      World world,
      Uplink uplink,
      Account account,
      Ciphers ciphers,
      PhoneKeys keys,
      MediaRetries mediaRetries) {}

  private final Parts parts;
  private final Account account;
  private final Archive archive;
  private final PeerChat peers;
  private final Sender sender;
  private final Consumer<PhoneMessage> listener;
  private final Map<String, Integer> retries =
      new LinkedHashMap<>(0) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MAX_RETRY_COUNTERS;
        }
      };

  Receiver(
      Parts parts,
      Archive archive,
      PeerChat peers,
      Sender sender,
      Consumer<PhoneMessage> listener) {
    this.parts = parts;
    this.account = parts.account();
    this.archive = archive;
    this.peers = peers;
    this.sender = sender;
    this.listener = listener;
  }

  void receive(Node stanza) {
    switch (stanza.tag()) {
      case "message" -> message(stanza);
      case "receipt" -> {
        if (stanza.text("type").equals("retry")) {
          stanza.jid("from").ifPresent(from -> sender.resend(stanza, from, lid(from)));
        } else if (stanza.text("type").equals("server-error")) {
          parts.uplink().notify(account.phone(), parts.mediaRetries().answer(stanza));
        }
        acknowledge(stanza);
      }
      case "notification", "call" -> {
        if (stanza.text("type").equals(COMPANION_READY)) {
          stanza.child("device").flatMap(d -> d.jid("jid")).ifPresent(peers::welcome);
        }
        acknowledge(stanza);
      }
      default -> {
        // acks and markers of the server
      }
    }
  }

  private void acknowledge(Node stanza) {
    Node ack =
        Node.of("ack")
            .with("class", stanza.tag())
            .with("id", stanza.text("id"))
            .with("to", stanza.jid("from").orElse(Jid.WHATSAPP));
    boolean typed = stanza.attribute("type").isPresent() && !stanza.is("message");
    parts.uplink().stanza(account.phone(), typed ? ack.with("type", stanza.text("type")) : ack);
  }

  private Jid lid(Jid device) {
    if (device.isLid()) {
      return device;
    }
    try (var _ = parts.world().locked()) {
      return parts
          .world()
          .directory()
          .account(device)
          .map(a -> a.lid().withDevice(device.device()))
          .orElse(device);
    }
  }

  private Jid pn(Jid device) {
    try (var _ = parts.world().locked()) {
      return parts
          .world()
          .directory()
          .account(device)
          .map(a -> a.pn().withDevice(device.device()))
          .orElse(device);
    }
  }

  private void message(Node stanza) {
    Jid from = stanza.jid("from").orElseThrow();
    if (stanza.children("enc").isEmpty()) {
      acknowledge(stanza);
      return;
    }
    try {
      for (Node enc : stanza.children("enc")) {
        byte[] plaintext = parts.ciphers().decrypt(lid(from), enc);
        read(stanza, from, Message.parseFrom(plaintext));
      }
      confirm(stanza, from);
    } catch (CannotDecrypt e) {
      if (e.reason() == CannotDecrypt.Reason.DUPLICATE) {
        confirm(stanza, from);
      } else {
        LOG.atInfo().addKeyValue("reason", e.reason()).log("a phone cannot read a message");
        askAgain(stanza, from, e.reason());
      }
    } catch (InvalidProtocolBufferException e) {
      LOG.atInfo().setCause(e).log("a phone got a message that does not parse");
      askAgain(stanza, from, CannotDecrypt.Reason.MALFORMED);
    }
  }

  private void read(Node stanza, Jid from, Message message) {
    boolean own = lid(from).isSameUser(account.lid());
    boolean copy = own && message.hasDeviceSentMessage();
    Message content = copy ? message.getDeviceSentMessage().getMessage() : message;
    if (stanza.text("category").equals("peer")) {
      peers.read(stanza.text("id"), from, content); // Baileys wraps its requests like copies
      return;
    }
    Jid chat = own ? pn(stanza.jid("recipient").orElse(account.pn())) : pn(from).withoutDevice();
    Jid to = own ? chat : account.pn();
    Instant at = Instant.ofEpochSecond(stanza.number("t").orElseGet(() -> parts.world().seconds()));
    var shown =
        new PhoneMessage(
            stanza.text("id"), pn(from), to, Contents.kind(content), Contents.text(content), at);
    archive.received(new Archive.Stored(shown, content, chat, own, stanza.text("notify")));
    if (Contents.isText(content)) {
      listener.accept(shown);
    }
  }

  private void confirm(Node stanza, Jid from) {
    Node receipt = Node.of("receipt").with("id", stanza.text("id")).with("to", from);
    if (stanza.text("category").equals("peer")) {
      receipt = receipt.with("type", "peer_msg");
    } else if (lid(from).isSameUser(account.lid())) {
      receipt = receipt.with("type", "sender");
    }
    parts.uplink().stanza(account.phone(), receipt);
  }

  /// Asks the sending device for the message, with keys for a new ratchet from the second time on.
  private void askAgain(Node stanza, Jid from, CannotDecrypt.Reason reason) {
    String id = stanza.text("id");
    int count = retries.merge(id + " " + from, 1, Integer::sum);
    if (count > MAX_RETRIES) {
      acknowledge(stanza);
      return;
    }
    PreKeyBundle bundle = parts.keys().bundle();
    Node receipt = Node.of("receipt").with("id", id).with("to", from).with("type", "retry");
    Optional<Jid> recipient = stanza.jid("recipient");
    if (recipient.isPresent()) {
      receipt = receipt.with("recipient", recipient.get());
    }
    Node retry =
        Node.of("retry")
            .with("count", count)
            .with("id", id)
            .with("t", stanza.number("t").orElse(0L))
            .with("v", 1)
            .with("error", reason.code());
    Node registration = Node.of("registration", WireKeys.bigEndian(bundle.registrationId(), 4));
    parts
        .uplink()
        .stanza(
            account.phone(),
            count > 1
                ? receipt.containing(retry, registration, Bundles.keys(bundle))
                : receipt.containing(retry, registration));
  }
}
