package wildcat.client.prekey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.session.Exchange;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.AccountStore.PreKeyStock;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.SignedPreKey;

/// Our one-time pre-keys: keeps the server's supply filled, so that others can open a ratchet with us.
/// Thread-safe.
///
/// A key is on disk before it is uploaded and marked after the server has confirmed; one that was
/// uploaded without our learning of it is uploaded again under the same id, which replaces it.
/// Sources: whatsmeow prekeys.go (812 keys first, 5 as the threshold), Baileys socket.ts.
public final class PreKeyPool {
  /// As many as WhatsApp Web makes for a new device.
  static final int FIRST_UPLOAD = 812;

  static final int TOP_UP = 100;

  /// With fewer left the supply is filled.
  static final int FEW = 5;

  /// More unused keys than this are not made, whatever the server says.
  static final int MAX_UNUSED = 4_000;

  private static final Logger log = LoggerFactory.getLogger(PreKeyPool.class);

  private final Ledger ledger;
  private final Curve curve;
  private final RandomGenerator random;

  /// Whether an upload is under way: a second one in between would only upload the same again.
  private final AtomicBoolean uploading = new AtomicBoolean();

  public PreKeyPool(Ledger ledger, Curve curve, RandomGenerator random) {
    this.ledger = ledger;
    this.curve = curve;
    this.random = random;
  }

  /// Asks how many keys the server has left and uploads more when they are few. To be called after each
  /// login.
  public void atLogin(Exchange exchange) throws RequestFailed, StoreFailed, InterruptedException {
    Node answer = exchange.request(query(Node.of("count"), "get"));
    long onServer =
        answer
            .child("count")
            .flatMap(n -> n.number("value"))
            .orElseThrow(() -> new Rejected(500, "the count of pre-keys is unreadable"));
    int unused = ledger.store().preKeyStock().uploaded();
    if (onServer == 0 && unused == 0) {
      upload(FIRST_UPLOAD, exchange);
    } else if (onServer < FEW || unused < FEW) {
      upload(TOP_UP, exchange);
    }
  }

  /// The server has said that our keys run low.
  public void runningLow(Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    upload(TOP_UP, exchange);
  }

  /// Makes a key that is handed out by us and not by the server. For use inside a step.
  public PreKey handOut(UnitOfWork work) throws StoreFailed {
    var key = new PreKey(ledger.store().preKeyStock().nextId(), curve.generate(random));
    work.add(new Change.AddPreKeys(List.of(key)));
    work.add(new Change.MarkPreKeysUploaded(List.of(key.id())));
    return key;
  }

  /// What a retry receipt says of us, beside the registration id.
  ///
  /// @param oneTime made by [#handOut]
  /// @param deviceIdentity ADVSignedDeviceIdentity with all four fields
  public static Node bundle(Credentials credentials, PreKey oneTime, Bytes deviceIdentity) {
    return Node.of(
        "keys",
        Node.of("type", Bytes.copyOf(new byte[] {PublicKey.TYPE})),
        Node.of("identity", credentials.identity().publicKey().bytes()),
        KeyBundle.written(oneTime),
        written(credentials.signedPreKey()),
        Node.of("device-identity", deviceIdentity));
  }

  /// The `registration` element: our registration id.
  public static Node registration(Credentials credentials) {
    return Node.of("registration", KeyBundle.bigEndian(credentials.registrationId(), 4));
  }

  private void upload(int wanted, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    if (!uploading.compareAndSet(false, true)) {
      return;
    }
    try {
      List<PreKey> keys = prepare(wanted);
      if (keys.isEmpty()) {
        return;
      }
      Credentials credentials =
          ledger
              .store()
              .credentials()
              .orElseThrow(() -> new IllegalStateException("the account has no credentials"));
      exchange.request(upload(credentials, keys));
      ledger.commit(new Change.MarkPreKeysUploaded(keys.stream().map(PreKey::id).toList()));
      log.atInfo()
          .addKeyValue("account", ledger.store().account())
          .log("uploaded {} pre-keys", keys.size());
    } finally {
      uploading.set(false);
    }
  }

  /// Keys to upload: those left from an upload that failed, and new ones, which are on disk on return.
  private List<PreKey> prepare(int wanted) throws StoreFailed, InterruptedException {
    if (ledger.store().preKeyStock().uploaded() > MAX_UNUSED) {
      log.atWarn()
          .addKeyValue("account", ledger.store().account())
          .log("the server asks for pre-keys although {} are unused", MAX_UNUSED);
      return List.of();
    }
    var keys = new ArrayList<PreKey>(ledger.store().preKeysToUpload(wanted));
    var pairs = new ArrayList<KeyPair>();
    for (int i = keys.size(); i < wanted; i++) {
      pairs.add(curve.generate(random));
    }
    List<PreKey> fresh =
        ledger.step(work -> {
          List<PreKey> numbered = numbered(pairs, ledger.store().preKeyStock());
          return numbered.isEmpty() ? numbered : added(numbered, work);
        });
    keys.addAll(fresh);
    return keys;
  }

  private static List<PreKey> added(List<PreKey> keys, UnitOfWork work) {
    work.add(new Change.AddPreKeys(keys));
    return keys;
  }

  private static List<PreKey> numbered(List<KeyPair> pairs, PreKeyStock stock) {
    var keys = new ArrayList<PreKey>(pairs.size());
    int id = stock.nextId();
    for (KeyPair pair : pairs) {
      keys.add(new PreKey(id, pair));
      id = id == PreKey.MAX_ID ? 1 : id + 1;
    }
    return keys;
  }

  static Node upload(Credentials credentials, List<PreKey> keys) {
    return query(registration(credentials), "set")
        .containing(
            registration(credentials),
            Node.of("type", Bytes.copyOf(new byte[] {PublicKey.TYPE})),
            Node.of("identity", credentials.identity().publicKey().bytes()),
            Node.of("list").containing(keys.stream().map(KeyBundle::written).toList()),
            written(credentials.signedPreKey()));
  }

  private static Node written(SignedPreKey key) {
    return Node.of(
        "skey",
        Node.of("id", KeyBundle.bigEndian(key.id(), 3)),
        Node.of("value", key.keys().publicKey().bytes()),
        Node.of("signature", key.signature()));
  }

  private static Node query(Node content, String type) {
    return Node.of("iq", content)
        .with("to", Jid.WHATSAPP)
        .with("type", type)
        .with("xmlns", "encrypt");
  }
}
