package wildcat.protocol.ratchet;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;

/// A device with keys and one ratchet record, which commits every step at once.
final class Party implements PreKeySource<RuntimeException> {
  private static final Curve CURVE = Curve.standard();

  final Random random;
  final Ratchet ratchet;
  final LocalIdentity local;
  final Map<Integer, PreKey> oneTime = new HashMap<>();
  final Map<Integer, SignedPreKey> signed = new HashMap<>();
  Optional<RatchetRecord> record = Optional.empty();
  private int nextId = 1;

  Party(long seed) {
    random = new Random(seed);
    ratchet = new Ratchet(CURVE, random);
    KeyPair identity = CURVE.generate(random);
    local = new LocalIdentity(identity, random.nextInt());
    signed.put(1, SignedPreKey.generate(CURVE, 1, identity, random));
  }

  @Override
  public Optional<PreKey> oneTime(int id) {
    return Optional.ofNullable(oneTime.get(id));
  }

  @Override
  public Optional<SignedPreKey> signed(int id) {
    return Optional.ofNullable(signed.get(id));
  }

  PreKeyBundle bundle() {
    var preKey = new PreKey(nextId++, CURVE.generate(random));
    oneTime.put(preKey.id(), preKey);
    return bundle(Optional.of(new PreKeyBundle.OneTime(preKey.id(), preKey.keys().publicKey())));
  }

  PreKeyBundle bundleWithoutOneTime() {
    return bundle(Optional.empty());
  }

  private PreKeyBundle bundle(Optional<PreKeyBundle.OneTime> preKey) {
    SignedPreKey own = signed(1).orElseThrow();
    return new PreKeyBundle(
        local.registrationId(),
        local.keys().publicKey(),
        new PreKeyBundle.Signed(own.id(), own.keys().publicKey(), own.signature()),
        preKey);
  }

  void initiate(PreKeyBundle bundle) throws InvalidKey {
    record = Optional.of(ratchet.initiate(record, local, bundle));
  }

  Ratchet.Sealed send(String text) {
    Ratchet.Sealed sealed =
        ratchet.encrypt(record.orElseThrow(), local, Bytes.ofUtf8(text).toArray());
    record = Optional.of(sealed.next());
    return sealed;
  }

  String receive(Ratchet.Sealed sealed) throws CannotDecrypt {
    return receive(sealed.kind(), sealed.message().toArray());
  }

  String receive(Ratchet.Kind kind, byte[] message) throws CannotDecrypt {
    Ratchet.Opened opened = open(kind, message);
    record = Optional.of(opened.next());
    opened.usedPreKey().ifPresent(oneTime::remove);
    return opened.plaintext().utf8();
  }

  /// Decrypts without a commit.
  Ratchet.Opened open(Ratchet.Kind kind, byte[] message) throws CannotDecrypt {
    return switch (kind) {
      case PRE_KEY_MESSAGE -> ratchet.decryptPreKey(record, local, this, message);
      case MESSAGE -> ratchet.decrypt(record.orElseThrow(), local, message);
    };
  }

  /// Two that have exchanged a message each way.
  static Party[] acquainted(long seed) throws Exception {
    var a = new Party(seed);
    var b = new Party(seed + 1);
    a.initiate(b.bundle());
    b.receive(a.send("hello"));
    a.receive(b.send("hello yourself"));
    return new Party[] {a, b};
  }
}
