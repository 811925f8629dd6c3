package wildcat.client.message;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.device.LidMap;
import wildcat.client.event.Event;
import wildcat.client.prekey.PreKeyPool;
import wildcat.client.session.Acks;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Notifications of the type `encrypt`: the server runs out of our pre-keys, or a user has a new identity.
/// Source: whatsmeow notification.go (handleEncryptNotification).
public final class EncryptNotifications implements StanzaHandler {
  private static final Logger log = LoggerFactory.getLogger(EncryptNotifications.class);

  private final Ratchets ratchets;
  private final PreKeyPool preKeys;

  public EncryptNotifications(Ratchets ratchets, PreKeyPool preKeys) {
    this.ratchets = ratchets;
    this.preKeys = preKeys;
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    if (stanza.child("count").isPresent()) {
      fillUp(exchange);
    }
    Optional<Jid> user = stanza.jid("from").filter(jid -> !jid.user().isEmpty() && jid.isUser());
    if (stanza.child("identity").isPresent() && user.isPresent()) {
      ratchets.lids().learnFrom(stanza);
      forget(user.get());
    }
    Acks.acknowledge(stanza, exchange);
  }

  /// The next login asks again, so a failure is only worth a line.
  private void fillUp(Exchange exchange) throws StoreFailed, InterruptedException {
    try {
      preKeys.runningLow(exchange);
    } catch (RequestFailed e) {
      log.atWarn()
          .addKeyValue("account", ratchets.ledger().store().account())
          .log("pre-keys not uploaded: {}", e.getMessage());
    }
  }

  /// The user's phone was registered again: every key of his devices is void, and so are the devices.
  private void forget(Jid user) throws StoreFailed, InterruptedException {
    if (user.device() != 0 || ratchets.own().isSelf(user)) {
      return;
    }
    Ledger ledger = ratchets.ledger();
    LidMap lids = ratchets.lids();
    ledger.step(work -> {
      Optional<Jid> twin = lids.twin(user);
      if (twin.isPresent()) {
        work.add(new Change.RemoveKeysOf(twin.get()));
        work.add(new Change.RemoveDevices(twin.get()));
      }
      return work.add(new Change.RemoveKeysOf(user))
          .add(new Change.RemoveDevices(user))
          .add(ledger.event(new Event.IdentityChanged(lids.shown(user))));
    });
  }
}
