package wildcat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.SignedPreKey;

/// One device on both implementations at once: same keys, same randomness, same input, and therefore
/// the same bytes out, or the test fails.
final class Twin {
  private static final Curve CURVE = Curve.standard();
  private static final int SIGNED_PRE_KEY = 7;

  private final StepRandom stepRandom;
  private final Random random;
  private final KeyPair identity;
  private final int registrationId;
  private final SignedPreKey signed;
  private final OurDevice ours;
  private final SignalDevice theirs;
  private int preKeys;

  /// @param stepRandom installed as the source of `SecureRandom`
  Twin(StepRandom stepRandom, Random random) {
    this.stepRandom = stepRandom;
    this.random = random;
    identity = CURVE.generate(random);
    registrationId = random.nextInt(1, 1 << 14);
    signed = SignedPreKey.generate(CURVE, SIGNED_PRE_KEY, identity, random);
    ours = new OurDevice(stepRandom, identity, registrationId, signed);
    theirs = new SignalDevice(identity, registrationId, signed);
  }

  PreKeyBundle bundle(boolean withOneTime) {
    Optional<PreKeyBundle.OneTime> oneTime = Optional.empty();
    if (withOneTime) {
      var preKey = new PreKey(++preKeys, CURVE.generate(random));
      ours.add(preKey);
      theirs.add(preKey);
      oneTime = Optional.of(new PreKeyBundle.OneTime(preKey.id(), preKey.keys().publicKey()));
    }
    return new PreKeyBundle(
        registrationId,
        identity.publicKey(),
        new PreKeyBundle.Signed(signed.id(), signed.keys().publicKey(), signed.signature()),
        oneTime);
  }

  boolean hasRatchet() {
    return ours.state().isPresent();
  }

  void initiate(PreKeyBundle bundle) throws Exception {
    long seed = random.nextLong();
    stepRandom.begin(seed, false);
    ours.initiate(bundle);
    stepRandom.begin(seed, false);
    theirs.initiate(bundle);
    assertSameState();
  }

  Packet send(Bytes plaintext) throws Exception {
    Packet packet = ours.send(plaintext.toArray());
    Packet expected = theirs.send(plaintext.toArray());
    assertThat(packet.kind()).isEqualTo(expected.kind());
    assertThat(packet.message().hex()).isEqualTo(expected.message().hex());
    assertSameState();
    return packet;
  }

  Outcome receive(Packet packet) throws Exception {
    long seed = random.nextLong();
    stepRandom.begin(seed, true);
    Outcome outcome = ours.receive(packet);
    stepRandom.begin(seed, true);
    assertThat(outcome)
        .as("what became of the %s %s", packet.kind(), packet.message().hex())
        .isEqualTo(theirs.receive(packet));
    assertSameState();
    return outcome;
  }

  private void assertSameState() {
    assertThat(ours.state()).isEqualTo(theirs.state());
  }
}
