package wildcat.bench;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;

/// The double ratchet between two devices, both ends in one measurement.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RatchetBenchmark {
  private final SecureRandom random = new SecureRandom();
  private final Curve curve = Curve.standard();
  private final Ratchet ratchet = new Ratchet(curve, random);
  private final LocalIdentity alice = new LocalIdentity(curve.generate(random), 1);
  private final LocalIdentity bob = new LocalIdentity(curve.generate(random), 2);
  private final PreKey oneTime = new PreKey(5, curve.generate(random));
  private final SignedPreKey signed = SignedPreKey.generate(curve, 1, bob.keys(), random);
  private final byte[] plaintext = new byte[64];

  private final PreKeySource<RuntimeException> bobsKeys =
      new PreKeySource<>() {
        @Override
        public Optional<PreKey> oneTime(int id) {
          return Optional.of(oneTime);
        }

        @Override
        public Optional<SignedPreKey> signed(int id) {
          return Optional.of(signed);
        }
      };

  private RatchetRecord alices;
  private RatchetRecord bobs;

  public RatchetBenchmark() {
    try {
      alices = ratchet.initiate(Optional.empty(), alice, bundle());
      var first = ratchet.encrypt(alices, alice, plaintext);
      alices = first.next();
      bobs =
          ratchet.decryptPreKey(Optional.empty(), bob, bobsKeys, first.message().toArray()).next();
      fromBob();
    } catch (InvalidKey | CannotDecrypt e) {
      throw new IllegalStateException("the two do not understand each other", e);
    }
  }

  private PreKeyBundle bundle() {
    return new PreKeyBundle(
        2,
        bob.keys().publicKey(),
        new PreKeyBundle.Signed(1, signed.keys().publicKey(), signed.signature()),
        Optional.of(new PreKeyBundle.OneTime(5, oneTime.keys().publicKey())));
  }

  private void fromAlice() throws CannotDecrypt {
    var sealed = ratchet.encrypt(alices, alice, plaintext);
    alices = sealed.next();
    bobs = ratchet.decrypt(bobs, bob, sealed.message().toArray()).next();
  }

  private void fromBob() throws CannotDecrypt {
    var sealed = ratchet.encrypt(bobs, bob, plaintext);
    bobs = sealed.next();
    alices = ratchet.decrypt(alices, alice, sealed.message().toArray()).next();
  }

  /// One message in a chain that goes on: encrypt and decrypt.
  @Benchmark
  public void steady() throws CannotDecrypt {
    fromAlice();
  }

  /// A message there and an answer back: two messages, a new ratchet key on each side.
  @Benchmark
  public void roundTrip() throws CannotDecrypt {
    fromAlice();
    fromBob();
  }

  /// X3DH at both ends with the first message: signature check included.
  @Benchmark
  public RatchetRecord setUp() throws InvalidKey, CannotDecrypt {
    RatchetRecord fresh = ratchet.initiate(Optional.empty(), alice, bundle());
    var first = ratchet.encrypt(fresh, alice, plaintext);
    return ratchet.decryptPreKey(Optional.empty(), bob, bobsKeys, first.message().toArray()).next();
  }

  /// What the store pays per message: encode and decode of a record.
  @Benchmark
  public RatchetRecord storedForm() throws Exception {
    return RatchetRecord.decode(alices.encode());
  }
}
