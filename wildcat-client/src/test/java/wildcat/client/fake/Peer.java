package wildcat.client.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.MalformedPairing;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.Padding;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;

/// A device of somebody: its keys and its end of the ratchets.
public final class Peer {
  private final Curve curve = Curve.standard();
  private final Random random;
  private final Ratchet ratchet;
  private final Jid jid;
  private final KeyPair identity;
  private final int registrationId;
  private final SignedPreKey signedPreKey;
  private final Map<Integer, PreKey> preKeys = new HashMap<>();
  private final Deque<PreKey> unused = new ArrayDeque<>();
  private final Map<Jid, RatchetRecord> ratchets = new HashMap<>();
  private Optional<Bytes> deviceIdentity = Optional.empty();

  /// A phone.
  public Peer(Jid jid, long seed) {
    this.jid = jid;
    this.random = new Random(seed);
    this.ratchet = new Ratchet(curve, random);
    this.identity = curve.generate(random);
    this.registrationId = random.nextInt();
    this.signedPreKey = SignedPreKey.generate(curve, 1, identity, random);
    for (int id = 1; id <= 20; id++) {
      var key = new PreKey(id, curve.generate(random));
      preKeys.put(id, key);
      unused.add(key);
    }
  }

  /// A companion linked to `phone`.
  public static Peer companion(Peer phone, int number, long seed) {
    var companion = new Peer(phone.jid.withDevice(number), seed);
    companion.deviceIdentity =
        Optional.of(vouched(phone.identity, companion.identity, number, companion.random));
    return companion;
  }

  /// What makes `companion` a device of `account`.
  public static Bytes vouched(KeyPair account, KeyPair companion, int keyIndex, Random random) {
    var adv = new Adv(Curve.standard(), random);
    Secret secret = Secret.wrap(new byte[32]);
    Bytes container =
        adv.signDevice(
            account,
            new Adv.DeviceDetails(7, Instant.ofEpochSecond(1_755_768_000), keyIndex),
            companion.publicKey(),
            secret);
    try {
      return adv.accept(container, secret, companion).full();
    } catch (MalformedPairing e) {
      throw new AssertionError(e);
    }
  }

  public Jid jid() {
    return jid;
  }

  public KeyPair identity() {
    return identity;
  }

  public int registrationId() {
    return registrationId;
  }

  public Optional<Bytes> deviceIdentity() {
    return deviceIdentity;
  }

  /// Whether it has a ratchet with `other`.
  public boolean knows(Jid other) {
    return ratchets.containsKey(other);
  }

  public void forget(Jid other) {
    ratchets.remove(other);
  }

  /// Its `user` in the answer to a key query; uses up a one-time key while there are any.
  public Node bundle() {
    Node user =
        Node.of("user")
            .with("jid", jid)
            .containing(
                registration(),
                Node.of("type", Bytes.ofHex("05")),
                Node.of("identity", identity.publicKey().bytes()),
                written(signedPreKey));
    PreKey oneTime = unused.poll();
    if (oneTime != null) {
      user = with(user, written(oneTime));
    }
    return deviceIdentity.isPresent()
        ? with(user, Node.of("device-identity", deviceIdentity.get()))
        : user;
  }

  public Node registration() {
    return Node.of("registration", bigEndian(registrationId, 4));
  }

  /// The `keys` of a retry receipt.
  public Node keys() {
    Node keys =
        Node.of(
            "keys",
            Node.of("type", Bytes.ofHex("05")),
            Node.of("identity", identity.publicKey().bytes()),
            written(unused.remove()),
            written(signedPreKey));
    return deviceIdentity.isPresent()
        ? with(keys, Node.of("device-identity", deviceIdentity.get()))
        : keys;
  }

  /// Starts a ratchet with the device whose keys these are.
  public void initiate(Jid other, PreKeyBundle bundle) {
    try {
      ratchets.put(
          other, ratchet.initiate(Optional.ofNullable(ratchets.get(other)), local(), bundle));
    } catch (InvalidKey e) {
      throw new AssertionError(e);
    }
  }

  /// An `enc` for the other end of a ratchet.
  public Node encrypt(Jid other, Message message) {
    return encrypt(other, Padding.pad(message.toByteArray(), random));
  }

  public Node encrypt(Jid other, byte[] padded) {
    RatchetRecord record = ratchets.get(other);
    if (record == null) {
      throw new AssertionError("no ratchet with that device");
    }
    Ratchet.Sealed sealed = ratchet.encrypt(record, local(), padded);
    ratchets.put(other, sealed.next());
    return Node.of("enc", sealed.message()).with("v", "2").with("type", sealed.kind().wireName());
  }

  /// Opens an `enc` that `other` has made for this device.
  public Message decrypt(Jid other, Node enc) throws CannotDecrypt {
    byte[] message = enc.bytes().orElseThrow().toArray();
    Ratchet.Opened opened =
        enc.text("type").equals("pkmsg")
            ? ratchet.decryptPreKey(
                Optional.ofNullable(ratchets.get(other)), local(), source(), message)
            : ratchet.decrypt(record(other), local(), message);
    ratchets.put(other, opened.next());
    opened.usedPreKey().ifPresent(preKeys::remove);
    try {
      return Message.parseFrom(Padding.unpad(opened.plaintext().toArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private RatchetRecord record(Jid other) throws CannotDecrypt {
    RatchetRecord record = ratchets.get(other);
    if (record == null) {
      throw new CannotDecrypt(CannotDecrypt.Reason.NO_RATCHET, "no ratchet");
    }
    return record;
  }

  private LocalIdentity local() {
    return new LocalIdentity(identity, registrationId);
  }

  private PreKeySource<RuntimeException> source() {
    return new PreKeySource<>() {
      @Override
      public Optional<PreKey> oneTime(int id) {
        return Optional.ofNullable(preKeys.get(id));
      }

      @Override
      public Optional<SignedPreKey> signed(int id) {
        return id == 1 ? Optional.of(signedPreKey) : Optional.empty();
      }
    };
  }

  private static Node with(Node node, Node child) {
    var children = new java.util.ArrayList<>(node.children());
    children.add(child);
    return node.containing(children);
  }

  private static Node written(PreKey key) {
    return Node.of(
        "key",
        Node.of("id", bigEndian(key.id(), 3)),
        Node.of("value", key.keys().publicKey().bytes()));
  }

  private static Node written(SignedPreKey key) {
    return Node.of(
        "skey",
        Node.of("id", bigEndian(key.id(), 3)),
        Node.of("value", key.keys().publicKey().bytes()),
        Node.of("signature", key.signature()));
  }

  static Bytes bigEndian(int value, int sizeBytes) {
    byte[] four = java.nio.ByteBuffer.allocate(4).putInt(value).array();
    return Bytes.wrap(java.util.Arrays.copyOfRange(four, 4 - sizeBytes, 4));
  }
}
