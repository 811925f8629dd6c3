package wildcat.protocol.pairing;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// The chain of signatures that makes a companion a device of an account (ADV), in both roles: the phone
/// signs the companion, the companion signs back, everybody else can verify both.
///
/// Source: protocol notes 03, sections 2.3, 2.4 and 3, and 04, section 6.3.
public final class Adv {
  /// A device identity the companion has accepted and signed.
  ///
  /// @param full ADVSignedDeviceIdentity with all four fields: what others need
  /// @param withoutAccountKey the same without field 2: what goes back to the server
  /// @param accountKey identity key of the account's phone
  /// @param keyIndex at least 1
  public record SignedIdentity(
      Bytes full, Bytes withoutAccountKey, PublicKey accountKey, int keyIndex) {}

  private final Curve curve;
  private final RandomGenerator random;

  public Adv(Curve curve, RandomGenerator random) {
    this.curve = curve;
    this.random = random;
  }

  /// Phone: signs a companion and wraps the result for pair-success (ADVSignedDeviceIdentityHMAC).
  ///
  /// @param account the phone's identity pair
  /// @param details what the phone states about the device
  public Bytes signDevice(
      KeyPair account, DeviceDetails details, PublicKey companion, Secret advSecret) {
    throw new UnsupportedOperationException("not built yet" + curve + random);
  }

  /// What the phone states about a companion.
  ///
  /// @param rawId of the account's registration, unsigned 32 bit
  /// @param keyIndex at least 1
  public record DeviceDetails(int rawId, Instant at, int keyIndex) {}

  /// Companion: verifies the container of pair-success and signs back.
  ///
  /// @param own the companion's identity pair
  /// @throws MalformedPairing with the error to answer
  public SignedIdentity accept(Bytes container, Secret advSecret, KeyPair own)
      throws MalformedPairing {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Phone: checks what the companion sent back and adds the account key to it again.
  ///
  /// @param signed ADVSignedDeviceIdentity as received
  /// @return ADVSignedDeviceIdentity with all four fields
  /// @throws MalformedPairing the device signature does not hold
  public Bytes complete(Bytes signed, PublicKey account, PublicKey companion)
      throws MalformedPairing {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Anyone: whether a device identity proves `companion` as a device of the account. The account key
  /// is the one inside, or `expectedAccount` where it is absent.
  public boolean verify(Bytes full, PublicKey companion, PublicKey expectedAccount) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Phone: the signed list of valid companion key indexes (ADVSignedKeyIndexList).
  public Bytes signKeyIndexes(KeyPair account, KeyIndexes indexes) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Anyone: reads and verifies such a list.
  ///
  /// @throws MalformedPairing it does not parse or is not signed by `account`
  public KeyIndexes keyIndexes(Bytes signedList, PublicKey account) throws MalformedPairing {
    throw new UnsupportedOperationException("not built yet");
  }

  /// @param current the newest index ever given
  /// @param valid the indexes of the devices that are linked now
  public record KeyIndexes(int rawId, Instant at, int current, List<Integer> valid) {
    public KeyIndexes {
      valid = List.copyOf(valid);
    }
  }
}
