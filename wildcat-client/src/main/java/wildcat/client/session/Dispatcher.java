package wildcat.client.session;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Brings the stanzas of one connection to whoever takes them, and acknowledges what nobody takes: the
/// server delivers again what it is owed an ack for. For the account's thread.
///
/// Sources: whatsmeow notification.go, receipt.go and call.go for what is acknowledged; Baileys
/// Socket/socket.ts for the children of `ib`; whatsapp-rust client/node_io.rs for pings of the server.
final class Dispatcher {
  /// How many queued stanzas are asked for at a time.
  static final int OFFLINE_BATCH = 100;

  private static final int MAX_ROUTING_INFO_BYTES = 4_096;
  private static final int UNHANDLED = 500;

  /// What needs nothing but an ack.
  private static final Set<String> IGNORED_NOTIFICATIONS =
      Set.of("psa", "pay", "server", "hosted", "waffle", "w:growth", "registration", "fb:update");

  private static final Set<String> LINKING_NOTIFICATIONS =
      Set.of(
          "companion_reg_refresh",
          "link_code_companion_reg",
          "passkey_prologue_request",
          "crsc_continuation");

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final Behaviour behaviour;
  private final Ledger ledger;
  private final Oddities oddities;
  private boolean offline;
  private int sinceBatch;

  Dispatcher(Behaviour behaviour, Ledger ledger, Oddities oddities) {
    this.behaviour = behaviour;
    this.ledger = ledger;
    this.oddities = oddities;
  }

  /// @throws StoreFailed nothing was acknowledged
  void handle(Node stanza, LiveSession session)
      throws StoreFailed, NotConnected, InterruptedException {
    switch (stanza.tag()) {
      case "iq" -> request(stanza, session);
      case "ib" -> information(stanza, session);
      case "notification" -> notification(stanza, session);
      case "message", "receipt", "call", "presence", "chatstate" -> other(stanza, session);
      default -> unknown(stanza, session);
    }
    countOffline(stanza, session);
  }

  /// Tells the server that a stanza is not wanted again although it could not be handled.
  void giveUp(Node stanza, LiveSession session) throws NotConnected {
    session.send(stanza.is("message") ? Acks.of(stanza, UNHANDLED) : Acks.of(stanza));
  }

  private void request(Node iq, LiveSession session)
      throws StoreFailed, NotConnected, InterruptedException {
    String namespace = iq.text("xmlns");
    if (namespace.equals("urn:xmpp:ping") || iq.child("ping").isPresent()) {
      session.send(answer(iq, "result"));
    } else if (namespace.equals("md") && !session.linked()) {
      behaviour.linking().handle(iq, session);
    } else {
      oddities.unknown("iq of " + namespace);
      session.send(
          answer(iq, "error")
              .containing(
                  Node.of("error").with("code", 501).with("text", "feature-not-implemented")));
    }
  }

  private static Node answer(Node iq, String type) {
    return Node.of("iq")
        .with("to", iq.jid("from").orElse(Jid.WHATSAPP))
        .with("id", iq.text("id"))
        .with("type", type);
  }

  private void notification(Node stanza, LiveSession session)
      throws StoreFailed, NotConnected, InterruptedException {
    String type = stanza.text("type");
    StanzaHandler handler = behaviour.notifications().get(type);
    if (handler != null) {
      handler.handle(stanza, session);
    } else if (LINKING_NOTIFICATIONS.contains(type) && !session.linked()) {
      behaviour.linking().handle(stanza, session);
    } else {
      if (!IGNORED_NOTIFICATIONS.contains(type)) {
        oddities.unknown("notification of type " + type);
      }
      session.send(Acks.of(stanza));
    }
  }

  private void other(Node stanza, LiveSession session)
      throws StoreFailed, NotConnected, InterruptedException {
    StanzaHandler handler = behaviour.handlers().get(stanza.tag());
    if (handler != null) {
      handler.handle(stanza, session);
      return;
    }
    switch (stanza.tag()) {
      case "receipt", "call" -> session.send(Acks.of(stanza));
      // acknowledging a message that nobody stores would lose it
      case "message" -> oddities.unknown("message");
      default -> {}
    }
  }

  private void unknown(Node stanza, LiveSession session) throws NotConnected {
    oddities.unknown("stanza " + stanza.tag());
    if (stanza.attribute("id").isPresent() && stanza.attribute("from").isPresent()) {
      session.send(Acks.of(stanza, Acks.UNRECOGNISED));
    }
  }

  private void information(Node stanza, LiveSession session)
      throws StoreFailed, NotConnected, InterruptedException {
    for (Node child : stanza.children()) {
      switch (child.tag()) {
        case "offline_preview" -> {
          offline = true;
          askForBatch(session);
        }
        case "offline" -> offline = false;
        case "dirty" -> clean(child, session);
        case "edge_routing" -> keepRouting(child);
        case "client_expiration" ->
            log.atWarn()
                .addKeyValue("account", ledger.store().account())
                .log("WhatsApp stops accepting this version at {}", child.number("t").orElse(0L));
        case "downgrade_webclient" ->
            log.atError()
                .addKeyValue("account", ledger.store().account())
                .log("the phone has no multi-device");
        case "tos", "thread_metadata", "priority_offline_complete", "recovery_nonce" -> {}
        default -> oddities.unknown("ib " + child.tag());
      }
    }
  }

  private void askForBatch(LiveSession session) throws NotConnected {
    sinceBatch = 0;
    session.send(Node.of("ib", Node.of("offline_batch").with("count", OFFLINE_BATCH)));
  }

  /// The server hands out as much as was asked for; the next batch is asked for when one is done.
  private void countOffline(Node stanza, LiveSession session) throws NotConnected {
    if (offline && stanza.attribute("offline").isPresent() && ++sinceBatch >= OFFLINE_BATCH) {
      askForBatch(session);
    }
  }

  /// Something changed while we were away. What is cached of it is forgotten, so that it is asked for when
  /// it is needed.
  private void clean(Node dirty, LiveSession session)
      throws StoreFailed, NotConnected, InterruptedException {
    String type = dirty.text("type");
    if (type.equals("account_sync")) {
      AccountStore store = ledger.store();
      Optional<Credentials.Link> link = store.credentials().flatMap(Credentials::linked);
      if (link.isPresent()) {
        ledger.commit(
            new Change.RemoveDevices(link.get().pn().withoutDevice()),
            new Change.RemoveDevices(link.get().lid().withoutDevice()));
      }
    }
    Node clean = Node.of("clean").with("type", type);
    @Nullable String timestamp = dirty.attribute("timestamp").orElse(null);
    session.send(
        Node.of("iq")
            .with("id", session.nextId())
            .with("to", Jid.WHATSAPP)
            .with("type", "set")
            .with("xmlns", "urn:xmpp:whatsapp:dirty")
            .containing(timestamp == null ? clean : clean.with("timestamp", timestamp)));
  }

  private void keepRouting(Node edgeRouting) throws StoreFailed, InterruptedException {
    Bytes info = edgeRouting.child("routing_info").flatMap(Node::bytes).orElse(Bytes.empty());
    if (info.isEmpty() || info.length() > MAX_ROUTING_INFO_BYTES) {
      return;
    }
    var _ =
        ledger.step(work -> {
          ledger
              .store()
              .credentials()
              .filter(c -> !c.routingInfo().equals(info))
              .ifPresent(c -> work.add(new Change.UpdateCredentials(c.withRoutingInfo(info))));
          return work;
        });
  }
}
