package wildcat.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import wildcat.client.chat.Chats;
import wildcat.client.chat.Conversations;
import wildcat.client.contact.Abouts;
import wildcat.client.contact.Blocklist;
import wildcat.client.contact.BusinessProfiles;
import wildcat.client.contact.NumberCheck;
import wildcat.client.contact.People;
import wildcat.client.contact.Pictures;
import wildcat.client.device.Devices;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;
import wildcat.client.event.MessageId;
import wildcat.client.event.Presence;
import wildcat.client.presence.OwnPresence;
import wildcat.client.presence.PresenceHandler;
import wildcat.client.receipt.AutomaticReading;
import wildcat.client.receipt.ReadReceiptPrivacy;
import wildcat.client.receipt.ReadReceipts;
import wildcat.client.session.Exchange;
import wildcat.client.session.NotConnected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// What an account does besides sending: reads, shows itself, arranges chats, asks about people.
final class SocialFeatures {
  private final OwnDevice own;
  private final LidMap lids;
  private final ReadReceiptPrivacy privacy = new ReadReceiptPrivacy();
  private final ReadReceipts readReceipts;
  private final AutomaticReading automaticReading;
  private final PresenceHandler presences;
  private final OwnPresence ownPresence;
  private final Chats chats;
  private final NumberCheck numberCheck;
  private final Pictures pictures;
  private final Abouts abouts;
  private final BusinessProfiles businessProfiles = new BusinessProfiles();
  private final Blocklist blocklist;

  SocialFeatures(
      Ledger ledger, OwnDevice own, LidMap lids, Devices devices, EventListener listener) {
    this.own = own;
    this.lids = lids;
    readReceipts = new ReadReceipts(ledger, lids, privacy);
    automaticReading = new AutomaticReading(ledger.store().account(), readReceipts);
    presences = new PresenceHandler(ledger, lids, listener);
    ownPresence = new OwnPresence(own, lids);
    chats = new Chats(ledger, lids);
    numberCheck = new NumberCheck(lids);
    pictures = new Pictures(lids);
    abouts = new Abouts(lids);
    blocklist = new Blocklist(ledger, lids, devices);
  }

  PresenceHandler presences() {
    return presences;
  }

  /// Takes notice of what happens to the account; does not block.
  void on(Event event, Exchange exchange) {
    automaticReading.on(event, exchange);
  }

  /// Our privacy settings may have changed.
  void forgetPrivacy() {
    privacy.forget();
  }

  /// To be called after each login.
  void loggedIn(Exchange exchange) throws NotConnected, StoreFailed {
    privacy.forget();
    ownPresence.loggedIn(exchange);
  }

  Conversations conversations(Exchange exchange) {
    return new InChats(exchange);
  }

  People people(Exchange exchange) {
    return new AboutPeople(exchange);
  }

  private final class InChats implements Conversations {
    private final Exchange exchange;

    InChats(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public int read(Jid chat, Optional<MessageId> upTo)
        throws RequestFailed, StoreFailed, InterruptedException {
      return readReceipts.read(chat, upTo, exchange);
    }

    @Override
    public void played(ChatMessage message)
        throws RequestFailed, StoreFailed, InterruptedException {
      readReceipts.played(message, exchange);
    }

    @Override
    public void readAutomatically(boolean automatically) {
      automaticReading.want(automatically);
    }

    @Override
    public void markUnread(Jid chat) throws StoreFailed, InterruptedException {
      chats.markUnread(chat);
    }

    @Override
    public ChatSettings arrange(Jid chat, UnaryOperator<ChatSettings> change)
        throws StoreFailed, InterruptedException {
      return chats.arrange(chat, change);
    }

    @Override
    public void typing(Jid chat, Presence.State state) throws RequestFailed, StoreFailed {
      ownPresence.typing(chat, state, exchange);
    }

    @Override
    public void show(boolean online) throws RequestFailed, StoreFailed {
      ownPresence.show(online, exchange);
    }

    @Override
    public void subscribe(Jid person) throws RequestFailed, StoreFailed {
      ownPresence.subscribe(person, exchange);
    }

    @Override
    public Optional<Presence> presence(Jid person) throws StoreFailed {
      return presences.last(person);
    }
  }

  private final class AboutPeople implements People {
    private final Exchange exchange;

    AboutPeople(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public List<NumberCheck.Checked> check(List<String> numbers)
        throws RequestFailed, StoreFailed, InterruptedException {
      return numberCheck.check(numbers, exchange);
    }

    @Override
    public Optional<Pictures.Picture> picture(Jid of, boolean preview)
        throws RequestFailed, StoreFailed, InterruptedException {
      return pictures.find(of, preview, exchange);
    }

    @Override
    public String setPicture(Bytes jpeg) throws RequestFailed, InterruptedException {
      return pictures.set(Optional.empty(), jpeg, exchange);
    }

    @Override
    public void removePicture() throws RequestFailed, InterruptedException {
      pictures.remove(Optional.empty(), exchange);
    }

    @Override
    public Optional<Abouts.About> about(Jid person)
        throws RequestFailed, StoreFailed, InterruptedException {
      return abouts.find(person, exchange);
    }

    @Override
    public void setAbout(String text) throws RequestFailed, InterruptedException {
      abouts.set(text, exchange);
    }

    @Override
    public Optional<BusinessProfiles.BusinessProfile> business(Jid person)
        throws RequestFailed, StoreFailed, InterruptedException {
      return businessProfiles.find(lids.shown(person), exchange);
    }

    @Override
    public Set<Jid> blocked() throws RequestFailed, StoreFailed, InterruptedException {
      return blocklist.fetch(exchange);
    }

    @Override
    public void block(Jid person, boolean block)
        throws RequestFailed, StoreFailed, InterruptedException {
      blocklist.change(person, block, exchange);
    }

    @Override
    public Self self() throws StoreFailed {
      return new Self(
          own.pn().withoutDevice(), own.lid().withoutDevice(), own.credentials().pushName());
    }
  }
}
