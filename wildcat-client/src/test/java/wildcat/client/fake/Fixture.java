package wildcat.client.fake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import wildcat.client.device.DeviceNotifications;
import wildcat.client.device.Devices;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.client.message.EncryptNotifications;
import wildcat.client.message.MessageReceiver;
import wildcat.client.message.Ratchets;
import wildcat.client.message.RetryAnswers;
import wildcat.client.message.Sender;
import wildcat.client.prekey.PreKeyPool;
import wildcat.client.receipt.ReceiptHandler;
import wildcat.client.session.Answers;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Ledger;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.memory.Faults;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.client.time.Timers;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.SignedPreKey;

/// A linked account with all features, a store in memory, a server made of canned answers, and Ann, who
/// has a phone and a companion. Our own account has this device (number 7), its phone, and a second
/// companion (number 9).
public final class Fixture {
  public static final Jid OWN_PN = Jid.pn("15550000001").withDevice(7);
  public static final Jid OWN_LID = Jid.lid("100000000000001").withDevice(7);
  public static final Jid ANN_PN = Jid.pn("15550000002");
  public static final Jid ANN_LID = Jid.lid("100000000000002");
  public static final Instant START = Instant.ofEpochSecond(1_755_768_000);

  public final Random random = new Random(42);
  public final Curve curve = Curve.standard();
  public final FakeExchange server = new FakeExchange();
  public final Peer ownPhone = new Peer(OWN_LID.withDevice(0), 1);
  public final Peer ownOther = Peer.companion(ownPhone, 9, 2);
  public final Peer annPhone = new Peer(ANN_LID, 3);
  public final Peer annDesktop = Peer.companion(annPhone, 4, 4);
  public final List<Event> heard = new ArrayList<>();
  public final List<Duration> waits = new ArrayList<>();
  public final List<UnitOfWork> commits = new ArrayList<>();
  public final List<StoreFailed> failedAnswers = new ArrayList<>();

  public final AccountStore store;
  public final OwnDevice own;
  public final LidMap lids;
  public final Devices devices;
  public final PreKeyPool preKeys;
  public final Ledger ledger;
  public final Sender sender;
  public final MessageReceiver receiver;
  public final ReceiptHandler receipts;
  public final EncryptNotifications encryptNotifications;
  public final DeviceNotifications deviceNotifications;

  private final InMemoryStore memory;
  private Instant now = START;
  private Optional<StoreFailed> nextCommitFails = Optional.empty();
  private Optional<Faults.Table> unreadable = Optional.empty();

  public Fixture() throws Exception {
    memory = new InMemoryStore(new Recorder(), () -> now, new Failing());
    store = memory.open(new AccountId("fixture"));
    store.commit(UnitOfWork.of(new Change.CreateCredentials(credentials())));
    ledger = new Ledger(store, (_, event) -> heard.add(event), () -> now);
    var adv = new Adv(curve, random);
    own = new OwnDevice(store);
    lids = new LidMap(ledger, own);
    devices = new Devices(ledger, own, lids, adv);
    preKeys = new PreKeyPool(ledger, curve, random);
    var ratchets = new Ratchets(ledger, own, lids, new Ratchet(curve, random), adv);
    sender = new Sender(ratchets, devices, new AtOnce(), random);
    var answers = new Answers(store.account(), failedAnswers::add);
    receiver = new MessageReceiver(ratchets, preKeys, answers);
    receipts = new ReceiptHandler(ledger, own, lids, new RetryAnswers(ratchets, random), answers);
    encryptNotifications = new EncryptNotifications(ratchets, preKeys);
    deviceNotifications = new DeviceNotifications(devices, lids);
    lids.learn(OWN_PN, OWN_LID);
    server.with(
        new FakeExchange.User(
            OWN_PN.withoutDevice(),
            Optional.of(OWN_LID.withoutDevice()),
            List.of(ownPhone, new Peer(OWN_LID, 99), ownOther),
            Optional.empty()));
    server.with(ann(annPhone, annDesktop));
    commits.clear();
    heard.clear();
  }

  private Credentials credentials() {
    var identity = curve.generate(random);
    return new Credentials(
        curve.generate(random),
        identity,
        0xF0000001,
        List.of(SignedPreKey.generate(curve, 1, identity, random)),
        Secret.wrap(new byte[32]),
        Optional.of(
            new Credentials.Link(
                OWN_PN,
                OWN_LID,
                Peer.vouched(ownPhone.identity(), identity, 7, random),
                ownPhone.identity().publicKey(),
                "android",
                "")),
        "Wildcat",
        Bytes.empty());
  }

  public static FakeExchange.User ann(Peer... annsDevices) {
    return new FakeExchange.User(
        ANN_PN, Optional.of(ANN_LID), List.of(annsDevices), Optional.empty());
  }

  /// This time and later moves by hand.
  public void pass(Duration time) {
    now = now.plus(time);
  }

  public Instant now() {
    return now;
  }

  public void failNextCommit(StoreFailed failure) {
    nextCommitFails = Optional.of(failure);
  }

  public void makeUnreadable(Faults.Table table) {
    unreadable = Optional.of(table);
  }

  public void makeReadable() {
    unreadable = Optional.empty();
  }

  /// The types of the durable events, oldest first.
  public List<String> recorded() {
    return memory.eventsAfter(0, 1_000).stream().map(RecordedEvent::type).toList();
  }

  public <E extends Event> List<E> heard(Class<E> type) {
    return heard.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// Our keys as a server would hand them out: starts the peer's ratchet with us.
  public void introduce(Peer peer) throws Exception {
    PreKey oneTime = ledger.step(preKeys::handOut);
    initiate(peer, Optional.of(oneTime));
  }

  public void introduceWithoutOneTimeKey(Peer peer) throws Exception {
    initiate(peer, Optional.empty());
  }

  private void initiate(Peer peer, Optional<PreKey> oneTime) throws Exception {
    Credentials ours = own.credentials();
    SignedPreKey signed = ours.signedPreKey();
    peer.initiate(
        OWN_LID,
        new PreKeyBundle(
            ours.registrationId(),
            ours.identity().publicKey(),
            new PreKeyBundle.Signed(signed.id(), signed.keys().publicKey(), signed.signature()),
            oneTime.map(k -> new PreKeyBundle.OneTime(k.id(), k.keys().publicKey()))));
  }

  /// Who takes a stanza; nobody, if it needs no feature.
  public List<StanzaHandler> handlersOf(Node stanza) {
    return switch (stanza.tag()) {
      case "message" -> List.of(receiver);
      case "receipt" -> List.of(receipts);
      case "notification" ->
          switch (stanza.text("type")) {
            case "encrypt" -> List.of(encryptNotifications);
            case "devices", "account_sync" -> List.of(deviceNotifications);
            default -> List.of();
          };
      default -> List.of();
    };
  }

  public static Message text(String text) {
    return Message.newBuilder().setConversation(text).build();
  }

  /// A stanza as it arrives from a device addressed by its lid.
  public static Node message(Jid from, String id, Node... content) {
    return Node.of("message", content)
        .with("from", from)
        .with("id", id)
        .with("t", START.getEpochSecond())
        .with("type", "text")
        .with("notify", "Ann");
  }

  /// The ciphertext for one device out of a stanza we sent.
  public static Node encFor(Node stanza, Jid device) {
    return stanza.path("participants").orElseThrow().children().stream()
        .filter(to -> to.jid("jid").orElseThrow().equals(device))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing for " + device))
        .child("enc")
        .orElseThrow();
  }

  /// Timers that run at once and note for how long they were set.
  private final class AtOnce implements Timers {
    @Override
    public Timer after(Duration delay, Runnable task) {
      waits.add(delay);
      task.run();
      return () -> {};
    }
  }

  private final class Failing implements Faults {
    @Override
    public void onRead(AccountId account, Table table) throws StoreFailed {
      if (unreadable.equals(Optional.of(table))) {
        throw new StoreFailed.Unreadable("damaged row in " + table);
      }
    }

    @Override
    public void onCommit(AccountId account, UnitOfWork work) throws StoreFailed {
      if (nextCommitFails.isPresent()) {
        StoreFailed failure = nextCommitFails.get();
        nextCommitFails = Optional.empty();
        throw failure;
      }
      commits.add(work);
    }
  }

  private static final class Recorder implements EventRecorder {
    @Override
    public Entry entry(AccountId account, long sequence, Instant at, Event.Durable event) {
      String type = event.getClass().getSimpleName();
      return new Entry(
          "evt_" + sequence,
          type,
          "",
          Bytes.wrap(type.getBytes(StandardCharsets.UTF_8)),
          List.of());
    }

    @Override
    public void committed(List<RecordedEvent> events) {}
  }
}
