package wildcat.client.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.event.Contact;
import wildcat.client.event.Event;
import wildcat.client.session.Acks;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Notifications about people: the types `picture`, `status`, `contacts` and `business`, and the part of
/// `account_sync` that is about whom we have blocked.
///
/// Source: whatsmeow notification.go, Baileys messages-recv.ts (processNotification).
public final class ContactNotifications implements StanzaHandler {
  private static final int MAX_CHANGES = 1_000;

  private final Ledger ledger;
  private final LidMap lids;
  private final Names names;

  public ContactNotifications(Ledger ledger, LidMap lids, Names names) {
    this.ledger = ledger;
    this.lids = lids;
    this.names = names;
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    take(stanza);
    Acks.acknowledge(stanza, exchange);
  }

  /// The work without the acknowledgement.
  public void take(Node stanza) throws StoreFailed, InterruptedException {
    lids.learnFrom(stanza);
    Optional<Jid> from = stanza.jid("from").filter(jid -> !jid.user().isEmpty());
    if (from.isEmpty()) {
      return;
    }
    for (Node child : stanza.children()) {
      switch (stanza.text("type")) {
        case "contacts" -> numberChange(child);
        case "business" -> verifiedName(from.get(), child);
        default -> {}
      }
    }
    var changes = new ArrayList<Change>();
    for (Node child : stanza.children()) {
      event(stanza, from.get(), child).ifPresent(e -> changes.add(ledger.event(e)));
      if (child.is("blocklist")) {
        changes.addAll(blocking(child));
      }
    }
    if (!changes.isEmpty()) {
      ledger.commit(changes.toArray(Change[]::new));
    }
  }

  private Optional<Event.Durable> event(Node stanza, Jid from, Node child) throws StoreFailed {
    return switch (stanza.text("type")) {
      case "picture" -> picture(from, child);
      case "status" ->
          child.is("set") && from.isUser()
              ? Optional.of(
                  new Event.AboutChanged(
                      lids.shown(from), child.bytes().map(Bytes::utf8).orElse("")))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Event.Durable> picture(Jid from, Node child) throws StoreFailed {
    Jid whose = lids.shown(child.jid("jid").orElse(from).withoutDevice());
    return switch (child.tag()) {
      case "set", "add" ->
          Optional.of(new Event.PictureChanged(whose, Optional.of(child.text("id"))));
      case "delete" -> Optional.of(new Event.PictureChanged(whose, Optional.empty()));
      default -> Optional.empty();
    };
  }

  /// A person has another number: the lid stays, so that the person stays the same.
  private void numberChange(Node child) throws StoreFailed, InterruptedException {
    Optional<Jid> pn = child.jid("new");
    Optional<Jid> lid = child.jid("new_lid").or(() -> child.jid("old_lid"));
    if (child.is("modify") && pn.isPresent() && lid.isPresent()) {
      lids.learn(pn.get(), lid.get());
    }
  }

  private void verifiedName(Jid from, Node child) throws StoreFailed, InterruptedException {
    if (child.is("verified_name") && from.isUser()) {
      String name = child.bytes().map(Names::verifiedName).orElse("");
      if (!name.isEmpty()) {
        names.learn(from.withoutDevice(), "", Contact.cleaned(name));
      }
    }
  }

  private List<Change> blocking(Node list) throws StoreFailed {
    var changes = new ArrayList<Change>();
    for (Node item : list.children("item")) {
      Optional<Jid> jid = item.jid("jid").filter(Jid::isUser);
      Optional<Boolean> blocked =
          switch (item.text("action")) {
            case "block" -> Optional.of(true);
            case "unblock" -> Optional.of(false);
            default -> Optional.empty();
          };
      if (jid.isPresent() && blocked.isPresent() && changes.size() < MAX_CHANGES) {
        changes.add(ledger.event(new Event.BlockingChanged(lids.shown(jid.get()), blocked.get())));
      }
    }
    return changes;
  }
}
