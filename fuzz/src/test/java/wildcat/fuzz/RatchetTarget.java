package wildcat.fuzz;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.Padding;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;
import wildcat.protocol.ratchet.UnreadableRecord;

/// Signal messages for a device that has a ratchet, stored records, and padding.
public final class RatchetTarget {
  private static final Curve CURVE = Curve.standard();
  private static final Random RANDOM = new Random(11);
  private static final LocalIdentity ALICE = new LocalIdentity(CURVE.generate(RANDOM), 17);
  private static final KeyPair BOBS_IDENTITY = CURVE.generate(RANDOM);
  private static final LocalIdentity BOB = new LocalIdentity(BOBS_IDENTITY, 18);
  private static final SignedPreKey BOBS_SIGNED =
      SignedPreKey.generate(CURVE, 5, BOBS_IDENTITY, RANDOM);
  private static final PreKey BOBS_ONE_TIME = new PreKey(9, CURVE.generate(RANDOM));
  private static final Ratchet RATCHET = new Ratchet(CURVE, RANDOM);
  private static final RatchetRecord ALICES = initiated();
  private static final RatchetRecord BOBS = answered();

  private RatchetTarget() {}

  private static RatchetRecord initiated() {
    try {
      return RATCHET.initiate(
          Optional.empty(),
          ALICE,
          new PreKeyBundle(
              18,
              BOBS_IDENTITY.publicKey(),
              new PreKeyBundle.Signed(5, BOBS_SIGNED.keys().publicKey(), BOBS_SIGNED.signature()),
              Optional.of(new PreKeyBundle.OneTime(9, BOBS_ONE_TIME.keys().publicKey()))));
    } catch (InvalidKey e) {
      throw new IllegalStateException(e);
    }
  }

  private static RatchetRecord answered() {
    try {
      return RATCHET
          .decryptPreKey(Optional.empty(), BOB, new Keys(), firstMessage().toArray())
          .next();
    } catch (CannotDecrypt e) {
      throw new IllegalStateException(e);
    }
  }

  /// A genuine `pkmsg` for the device.
  static Bytes firstMessage() {
    return RATCHET.encrypt(ALICES, ALICE, new byte[] {1, 1}).message();
  }

  /// What the device has on disk.
  static Bytes storedRecord() {
    return BOBS.encode();
  }

  private static final class Keys implements PreKeySource<RuntimeException> {
    @Override
    public Optional<PreKey> oneTime(int id) {
      return id == 9 ? Optional.of(BOBS_ONE_TIME) : Optional.empty();
    }

    @Override
    public Optional<SignedPreKey> signed(int id) {
      return id == 5 ? Optional.of(BOBS_SIGNED) : Optional.empty();
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] message = Arrays.copyOfRange(input, 1, input.length);
    try {
      switch (input[0] & 3) {
        case 0 -> RATCHET.decrypt(BOBS, BOB, message);
        case 1 -> RATCHET.decryptPreKey(Optional.of(BOBS), BOB, new Keys(), message);
        case 2 -> Padding.unpad(message);
        default -> record(message);
      }
    } catch (CannotDecrypt e) {
      // as it should be
    }
  }

  private static void record(byte[] stored) {
    try {
      RatchetRecord record = RatchetRecord.decode(Bytes.wrap(stored));
      if (!RatchetRecord.decode(record.encode()).encode().equals(record.encode())) {
        throw new AssertionError("a stored record changes when it is stored again");
      }
    } catch (UnreadableRecord e) {
      // as it should be
    }
  }
}
