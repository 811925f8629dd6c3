package wildcat.simulator.phone;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.SignedPreKey;
import wildcat.simulator.world.Primary;

/// A phone's own keys. One-time pre-keys are made when somebody asks; the newest are kept until used.
/// Any thread may call.
final class PhoneKeys implements Primary, PreKeySource<RuntimeException> {
  /// Clients fetch a phone's bundle more often than they use it.
  private static final int MAX_ONE_TIME = 500;

  private final Curve curve;
  private final RandomGenerator random;
  private final Clock clock;
  private final LocalIdentity local;
  private final int rawId;
  private final SignedPreKey signed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, PreKey> oneTime = new LinkedHashMap<>(0);
  private int lastId;

  PhoneKeys(Curve curve, RandomGenerator random, Clock clock) {
    this.curve = curve;
    this.random = random;
    this.clock = clock;
    rawId = random.nextInt(1, Integer.MAX_VALUE);
    local = new LocalIdentity(curve.generate(random), random.nextInt(1, 16_381));
    signed = SignedPreKey.generate(curve, 1, local.keys(), random);
  }

  LocalIdentity local() {
    return local;
  }

  /// Tells one registration of the number from another.
  int rawId() {
    return rawId;
  }

  @Override
  public PublicKey identity() {
    return local.keys().publicKey();
  }

  /// What the phone states about a companion, signed (ADVSignedDeviceIdentityHMAC).
  Bytes sign(int keyIndex, PublicKey companion, Secret advSecret) {
    return adv()
        .signDevice(
            local.keys(),
            new Adv.DeviceDetails(rawId, clock.instant(), keyIndex),
            companion,
            advSecret);
  }

  @Override
  public Bytes signKeyIndexes(int current, List<Integer> valid) {
    return adv()
        .signKeyIndexes(local.keys(), new Adv.KeyIndexes(rawId, clock.instant(), current, valid));
  }

  private Adv adv() {
    return new Adv(curve, random);
  }

  @Override
  public PreKeyBundle bundle() {
    PreKey fresh = makeOneTime();
    return new PreKeyBundle(
        local.registrationId(),
        local.keys().publicKey(),
        new PreKeyBundle.Signed(signed.id(), signed.keys().publicKey(), signed.signature()),
        Optional.of(new PreKeyBundle.OneTime(fresh.id(), fresh.keys().publicKey())));
  }

  private PreKey makeOneTime() {
    KeyPair keys = curve.generate(random);
    lock.lock();
    try {
      lastId = lastId % PreKey.MAX_ID + 1;
      var fresh = new PreKey(lastId, keys);
      oneTime.put(fresh.id(), fresh);
      if (oneTime.size() > MAX_ONE_TIME) {
        oneTime.remove(oneTime.keySet().iterator().next());
      }
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  void use(int id) {
    lock.lock();
    try {
      oneTime.remove(id);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<PreKey> oneTime(int id) {
    lock.lock();
    try {
      return Optional.ofNullable(oneTime.get(id));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<SignedPreKey> signed(int id) {
    return id == signed.id() ? Optional.of(signed) : Optional.empty();
  }
}
