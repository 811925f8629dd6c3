package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.ClientPayloads;
import wildcat.protocol.pairing.ClientPayloads.AppVersion;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;
import wildcat.protocol.pairing.LinkCode;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.Padding;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;
import wildcat.simulator.phone.VirtualPhone;

/// The keys of a client under test, and the steps from a fresh client to a logged-in device.
final class RawDevice implements PreKeySource<RuntimeException> {
  private static final Curve CURVE = Curve.standard();

  final KeyPair noise;
  final LocalIdentity identity;
  final Secret advSecret;
  private final SignedPreKey signedPreKey;
  private final Random random;
  private final Map<Integer, PreKey> preKeys = new HashMap<>();
  private final Map<Jid, RatchetRecord> ratchets = new HashMap<>();
  private final Ratchet ratchet;
  private Optional<Jid> pn = Optional.empty();

  RawDevice(long seed) {
    random = new Random(seed);
    noise = CURVE.generate(random);
    identity = new LocalIdentity(CURVE.generate(random), 4711);
    signedPreKey = SignedPreKey.generate(CURVE, 1, identity.keys(), random);
    var secret = new byte[32];
    random.nextBytes(secret);
    advSecret = Secret.copyOf(secret);
    ratchet = new Ratchet(CURVE, random);
  }

  /// A device that `phone` has linked.
  static RawDevice linked(Simulator simulator, VirtualPhone phone, long seed) throws Exception {
    var device = new RawDevice(seed);
    try (RawClient client = device.register(simulator)) {
      phone.scan(device.code(client.next("iq")).text());
      device.signBack(client, client.next("iq"));
      assertThat(client.next("stream:error").text("code")).isEqualTo("515");
    }
    return device;
  }

  RawClient register(Simulator simulator) throws Exception {
    return RawClient.connect(
        simulator,
        noise,
        ClientPayloads.registration(
            AppVersion.BUILT_IN,
            new ClientPayloads.Registration(
                identity.registrationId(),
                identity.keys().publicKey(),
                signedPreKey,
                DeviceName.DEFAULT)));
  }

  /// The code to show after `pair-device`.
  LinkCode code(Node pairDevice) {
    String ref =
        pairDevice.path("pair-device", "ref").flatMap(Node::bytes).map(Bytes::utf8).orElseThrow();
    return new LinkCode(ref, noise.publicKey(), identity.keys().publicKey(), advSecret, "1");
  }

  /// Verifies `pair-success`, remembers the address, answers.
  Adv.SignedIdentity signBack(RawClient client, Node pairSuccess) throws Exception {
    Node success = pairSuccess.child("pair-success").orElseThrow();
    Adv.SignedIdentity signed =
        new Adv(CURVE, random)
            .accept(
                success.child("device-identity").flatMap(Node::bytes).orElseThrow(),
                advSecret,
                identity.keys());
    pn = success.child("device").flatMap(d -> d.jid("jid"));
    client.send(
        answer(pairSuccess)
            .containing(
                Node.of(
                    "pair-device-sign",
                    Node.of("device-identity", signed.withoutAccountKey())
                        .with("key-index", signed.keyIndex()))));
    return signed;
  }

  static Node answer(Node iq) {
    return Node.of("iq").with("to", Jid.WHATSAPP).with("id", iq.text("id")).with("type", "result");
  }

  Jid pn() {
    return pn.orElseThrow();
  }

  void pn(Jid address) {
    pn = Optional.of(address);
  }

  /// The first stanza after this is success or failure.
  RawClient login(Simulator simulator) throws Exception {
    return RawClient.connect(simulator, noise, ClientPayloads.login(AppVersion.BUILT_IN, pn()));
  }

  /// Logged in, keys uploaded, active; the markers of the queue are still to be read.
  RawClient active(Simulator simulator) throws Exception {
    RawClient client = login(simulator);
    assertThat(client.next().tag()).isEqualTo("success");
    assertThat(client.request(upload("keys", 20)).text("type")).isEqualTo("result");
    client.request(RawClient.iq("active", "set", "passive", Node.of("active")));
    return client;
  }

  Node upload(String id, int count) {
    var keys = new ArrayList<Node>();
    for (int i = 0; i < count; i++) {
      var key = new PreKey(preKeys.size() + 1, CURVE.generate(random));
      preKeys.put(key.id(), key);
      keys.add(
          Node.of(
              "key",
              Node.of("id", number(key.id(), 3)),
              Node.of("value", key.keys().publicKey().bytes())));
    }
    return RawClient.iq(
        id,
        "set",
        "encrypt",
        Node.of("registration", number(identity.registrationId(), 4)),
        Node.of("type", Bytes.ofHex("05")),
        Node.of("identity", identity.keys().publicKey().bytes()),
        Node.of("list").containing(keys),
        Node.of(
            "skey",
            Node.of("id", number(signedPreKey.id(), 3)),
            Node.of("value", signedPreKey.keys().publicKey().bytes()),
            Node.of("signature", signedPreKey.signature())));
  }

  private static Bytes number(int value, int bytes) {
    var written = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      written[bytes - 1 - i] = (byte) (value >>> (8 * i));
    }
    return Bytes.wrap(written);
  }

  /// The plaintext of the message's first ciphertext.
  byte[] decrypt(Node message) throws Exception {
    Jid from = message.jid("from").orElseThrow();
    Node enc = message.child("enc").orElseThrow();
    byte[] bytes = enc.bytes().orElseThrow().toArray();
    Optional<RatchetRecord> record = Optional.ofNullable(ratchets.get(from));
    Ratchet.Opened opened =
        enc.text("type").equals("pkmsg")
            ? ratchet.decryptPreKey(record, identity, this, bytes)
            : ratchet.decrypt(record.orElseThrow(), identity, bytes);
    ratchets.put(from, opened.next());
    return Padding.unpad(opened.plaintext().toArray());
  }

  @Override
  public Optional<PreKey> oneTime(int id) {
    return Optional.ofNullable(preKeys.get(id));
  }

  @Override
  public Optional<SignedPreKey> signed(int id) {
    return id == signedPreKey.id() ? Optional.of(signedPreKey) : Optional.empty();
  }

  static List<String> tags(List<Node> nodes) {
    return nodes.stream().map(Node::tag).toList();
  }
}
