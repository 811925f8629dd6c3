package wildcat.client;

import java.util.Map;
import wildcat.client.contact.ContactNotifications;
import wildcat.client.contact.Names;
import wildcat.client.device.DeviceNotifications;
import wildcat.client.device.Devices;
import wildcat.client.device.LidCarrier;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.EventListener;
import wildcat.client.message.EncryptNotifications;
import wildcat.client.message.MessageReceiver;
import wildcat.client.message.Ratchets;
import wildcat.client.message.RetryAnswers;
import wildcat.client.message.Sender;
import wildcat.client.prekey.PreKeyPool;
import wildcat.client.receipt.ReceiptHandler;
import wildcat.client.session.Answers;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.ratchet.Ratchet;

/// The features of one account, put together. Lives as long as its [WildcatClient], over many connections.
final class Features {
  private final OwnDevice own;
  private final LidMap lids;
  private final PreKeyPool preKeys;
  private final Sender sender;
  private final StanzaHandler messages;
  private final StanzaHandler receipts;
  private final Map<String, StanzaHandler> notifications;
  private final SocialFeatures social;

  /// @param answers for what is received
  /// @param listener for what is not stored
  Features(Environment environment, Ledger ledger, Answers answers, EventListener listener) {
    var adv = new Adv(environment.curve(), environment.random());
    own = new OwnDevice(ledger.store());
    lids = new LidMap(ledger, own);
    preKeys = new PreKeyPool(ledger, environment.curve(), environment.random());
    var devices = new Devices(ledger, own, lids, adv);
    var ratchet = new Ratchet(environment.curve(), environment.random());
    var ratchets = new Ratchets(ledger, own, lids, ratchet, adv);
    sender = new Sender(ratchets, devices, environment.timers(), environment.random());
    social = new SocialFeatures(ledger, own, lids, devices, listener);
    var names = new Names(new MessageReceiver(ratchets, preKeys, answers), ledger, own, lids);
    messages = names;
    receipts =
        new ReceiptHandler(
            ledger, own, lids, new RetryAnswers(ratchets, environment.random()), answers);
    var deviceNotifications = new DeviceNotifications(devices, lids);
    var contactNotifications = new ContactNotifications(ledger, lids, names);
    notifications =
        Map.of(
            "encrypt",
            new EncryptNotifications(ratchets, preKeys),
            "devices",
            deviceNotifications,
            "account_sync",
            accountSync(contactNotifications, deviceNotifications),
            "privacy_token",
            new LidCarrier(lids),
            "picture",
            contactNotifications,
            "status",
            contactNotifications,
            "contacts",
            contactNotifications,
            "business",
            contactNotifications);
  }

  /// What has changed on another device of ours: of everything a part, then the acknowledgement.
  private StanzaHandler accountSync(ContactNotifications contacts, DeviceNotifications devices) {
    return (stanza, exchange) -> {
      if (stanza.child("privacy").isPresent()) {
        social.forgetPrivacy();
      }
      contacts.take(stanza);
      devices.handle(stanza, exchange);
    };
  }

  SocialFeatures social() {
    return social;
  }

  /// Takes the stanzas with the tag `message`.
  StanzaHandler messages() {
    return messages;
  }

  /// Takes the stanzas with the tag `receipt`.
  StanzaHandler receipts() {
    return receipts;
  }

  /// Takes the stanzas with the tag `notification`, by their type. Other types: acknowledge and ignore.
  Map<String, StanzaHandler> notifications() {
    return notifications;
  }

  Sender sender() {
    return sender;
  }

  /// What comes between `success` and `active`: before it returns no stanza may be handled.
  void loggedIn(Exchange exchange) throws RequestFailed, StoreFailed, InterruptedException {
    own.forget();
    lids.learn(own.pn(), own.lid());
    preKeys.atLogin(exchange);
  }

  /// What comes after `active`; on a thread of its own, for it waits for answers.
  void active(Exchange exchange) throws RequestFailed, StoreFailed, InterruptedException {
    social.loggedIn(exchange);
    sender.resendUnacknowledged(exchange);
  }
}
