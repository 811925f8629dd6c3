package wildcat.protocol.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import wildcat.proto.ADVDeviceIdentity;
import wildcat.proto.ADVEncryptionType;
import wildcat.proto.ADVKeyIndexList;
import wildcat.proto.ADVSignedDeviceIdentity;
import wildcat.proto.ADVSignedDeviceIdentityHMAC;
import wildcat.proto.ADVSignedKeyIndexList;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.HmacSha256;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.pairing.MalformedPairing.Reply;

/// The chain of signatures that makes a companion a device of an account (ADV), in both roles: the phone
/// signs the companion, the companion signs back, everybody else can verify both.
///
/// What is signed begins with two bytes that say which statement it is; keys in it have no type byte.
///
///     06 00  account key:   ADVDeviceIdentity ‖ companion identity
///     06 01  companion key: ADVDeviceIdentity ‖ companion identity ‖ account key
///     06 02  account key:   ADVKeyIndexList
///     06 05, 06 06          like 06 00 and 06 01, for devices hosted by Meta
///
/// Sources: whatsmeow pair.go, Baileys validate-connection.ts, whatsapp-rust adv.rs. Thread-safe if the
/// random generator is.
public final class Adv {
  private static final byte[] ACCOUNT = {6, 0};
  private static final byte[] DEVICE = {6, 1};
  private static final byte[] KEY_INDEXES = {6, 2};
  private static final byte[] HOSTED_ACCOUNT = {6, 5};
  private static final byte[] HOSTED_DEVICE = {6, 6};

  /// No real one comes near; a list has 4 bytes a device.
  private static final int MAX_ENCODED_BYTES = 4_096;

  private static final int SIGNATURE_BYTES = 64;

  /// A device identity the companion has accepted and signed.
  ///
  /// @param full ADVSignedDeviceIdentity with all four fields: what others need
  /// @param withoutAccountKey the same without field 2: what goes back to the server
  /// @param accountKey identity key of the account's phone
  /// @param keyIndex at least 1
  public record SignedIdentity(
      Bytes full, Bytes withoutAccountKey, PublicKey accountKey, int keyIndex) {}

  /// What the phone states about a companion.
  ///
  /// @param rawId of the account's registration, unsigned 32 bit
  /// @param keyIndex at least 1
  public record DeviceDetails(int rawId, Instant at, int keyIndex) {}

  /// Which companions of an account are valid.
  ///
  /// @param current the newest index ever given
  /// @param valid the indexes of the devices that are linked now
  public record KeyIndexes(int rawId, Instant at, int current, List<Integer> valid) {
    public KeyIndexes {
      valid = List.copyOf(valid);
    }
  }

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
    byte[] identity =
        ADVDeviceIdentity.newBuilder()
            .setRawId(details.rawId())
            .setTimestamp(details.at().getEpochSecond())
            .setKeyIndex(details.keyIndex())
            .setAccountType(ADVEncryptionType.ADVENCRYPTION_TYPE_E2EE)
            .setDeviceType(ADVEncryptionType.ADVENCRYPTION_TYPE_E2EE)
            .build()
            .toByteArray();
    byte[] accountKey = account.publicKey().bytes().toArray();
    byte[] signature = sign(account, ACCOUNT, identity, companion.bytes().toArray());
    byte[] signed =
        ADVSignedDeviceIdentity.newBuilder()
            .setDetails(ByteString.copyFrom(identity))
            .setAccountSignatureKey(ByteString.copyFrom(accountKey))
            .setAccountSignature(ByteString.copyFrom(signature))
            .build()
            .toByteArray();
    return Bytes.wrap(
        ADVSignedDeviceIdentityHMAC.newBuilder()
            .setDetails(ByteString.copyFrom(signed))
            .setHmac(ByteString.copyFrom(new HmacSha256().mac(advSecret.expose(), signed)))
            .setAccountType(ADVEncryptionType.ADVENCRYPTION_TYPE_E2EE)
            .build()
            .toByteArray());
  }

  /// Companion: verifies the container of pair-success and signs back.
  ///
  /// @param own the companion's identity pair
  /// @throws MalformedPairing with the error to answer
  public SignedIdentity accept(Bytes container, Secret advSecret, KeyPair own)
      throws MalformedPairing {
    ADVSignedDeviceIdentityHMAC outer = parse(ADVSignedDeviceIdentityHMAC.parser(), container);
    boolean hosted = outer.getAccountType() == ADVEncryptionType.ADVENCRYPTION_TYPE_HOSTED;
    byte[] signedBytes = outer.getDetails().toByteArray();
    byte[] hmac =
        new HmacSha256()
            .mac(advSecret.expose(), hosted ? HOSTED_ACCOUNT : new byte[0], signedBytes);
    if (!Secret.wrap(hmac).equals(Secret.wrap(outer.getHmac().toByteArray()))) {
      throw new MalformedPairing(Reply.HMAC_MISMATCH, "the HMAC of the device identity is wrong");
    }
    ADVSignedDeviceIdentity signed =
        parse(ADVSignedDeviceIdentity.parser(), Bytes.wrap(signedBytes));
    byte[] details = signed.getDetails().toByteArray();
    ADVDeviceIdentity identity = parse(ADVDeviceIdentity.parser(), Bytes.copyOf(details));
    boolean hostedDevice = identity.getDeviceType() == ADVEncryptionType.ADVENCRYPTION_TYPE_HOSTED;
    byte[] companion = own.publicKey().bytes().toArray();
    byte[] accountKey = signed.getAccountSignatureKey().toByteArray();
    if (!holds(
        accountKey,
        signed.getAccountSignature().toByteArray(),
        hostedDevice ? HOSTED_ACCOUNT : ACCOUNT,
        details,
        companion)) {
      throw new MalformedPairing(
          Reply.SIGNATURE_MISMATCH, "the account signature of the device identity does not hold");
    }
    if (identity.getKeyIndex() < 1) {
      throw new MalformedPairing(Reply.INTERNAL_ERROR, "the device identity has no key index");
    }
    ADVSignedDeviceIdentity full =
        signed.toBuilder()
            .setDeviceSignature(
                ByteString.copyFrom(sign(own, DEVICE, details, companion, accountKey)))
            .build();
    return new SignedIdentity(
        Bytes.wrap(full.toByteArray()),
        Bytes.wrap(full.toBuilder().clearAccountSignatureKey().build().toByteArray()),
        new PublicKey(Bytes.wrap(accountKey)),
        identity.getKeyIndex());
  }

  /// Phone: checks what the companion sent back and adds the account key to it again.
  ///
  /// @param signed ADVSignedDeviceIdentity as received
  /// @return ADVSignedDeviceIdentity with all four fields
  /// @throws MalformedPairing one of the two signatures does not hold
  public Bytes complete(Bytes signed, PublicKey account, PublicKey companion)
      throws MalformedPairing {
    Bytes full =
        Bytes.wrap(
            parse(ADVSignedDeviceIdentity.parser(), signed).toBuilder()
                .setAccountSignatureKey(ByteString.copyFrom(account.bytes().toArray()))
                .build()
                .toByteArray());
    if (!verify(full, companion, account)) {
      throw new MalformedPairing(
          Reply.SIGNATURE_MISMATCH, "a signature of the companion's identity does not hold");
    }
    return full;
  }

  /// Anyone: whether a device identity proves `companion` to be a device of the account `account`.
  ///
  /// @param full ADVSignedDeviceIdentity; an account key inside must be `account`
  public boolean verify(Bytes full, PublicKey companion, PublicKey account) {
    ADVSignedDeviceIdentity signed;
    try {
      signed = parse(ADVSignedDeviceIdentity.parser(), full);
    } catch (MalformedPairing _) {
      return false;
    }
    byte[] accountKey = account.bytes().toArray();
    if (signed.hasAccountSignatureKey()
        && !signed.getAccountSignatureKey().equals(ByteString.copyFrom(accountKey))) {
      return false;
    }
    byte[] details = signed.getDetails().toByteArray();
    byte[] device = companion.bytes().toArray();
    byte[] ofAccount = signed.getAccountSignature().toByteArray();
    byte[] ofDevice = signed.getDeviceSignature().toByteArray();
    boolean accountHolds =
        holds(accountKey, ofAccount, ACCOUNT, details, device)
            || holds(accountKey, ofAccount, HOSTED_ACCOUNT, details, device);
    return accountHolds
        && (holds(device, ofDevice, DEVICE, details, device, accountKey)
            || holds(device, ofDevice, HOSTED_DEVICE, details, device, accountKey));
  }

  /// The account key inside a device identity.
  ///
  /// @throws MalformedPairing it does not parse or has none
  public static PublicKey accountKey(Bytes full) throws MalformedPairing {
    ByteString key = parse(ADVSignedDeviceIdentity.parser(), full).getAccountSignatureKey();
    if (key.size() != PublicKey.SIZE_BYTES) {
      throw new MalformedPairing(Reply.INTERNAL_ERROR, "the device identity has no account key");
    }
    return new PublicKey(Bytes.wrap(key.toByteArray()));
  }

  /// Phone: the signed list of valid companion key indexes (ADVSignedKeyIndexList).
  public Bytes signKeyIndexes(KeyPair account, KeyIndexes indexes) {
    byte[] list =
        ADVKeyIndexList.newBuilder()
            .setRawId(indexes.rawId())
            .setTimestamp(indexes.at().getEpochSecond())
            .setCurrentIndex(indexes.current())
            .addAllValidIndexes(indexes.valid())
            .setAccountType(ADVEncryptionType.ADVENCRYPTION_TYPE_E2EE)
            .build()
            .toByteArray();
    return Bytes.wrap(
        ADVSignedKeyIndexList.newBuilder()
            .setDetails(ByteString.copyFrom(list))
            .setAccountSignature(ByteString.copyFrom(sign(account, KEY_INDEXES, list)))
            .build()
            .toByteArray());
  }

  /// Anyone: reads and verifies such a list.
  ///
  /// @throws MalformedPairing it does not parse or is not signed by `account`
  public KeyIndexes keyIndexes(Bytes signedList, PublicKey account) throws MalformedPairing {
    ADVSignedKeyIndexList signed = parse(ADVSignedKeyIndexList.parser(), signedList);
    byte[] details = signed.getDetails().toByteArray();
    byte[] signature = signed.getAccountSignature().toByteArray();
    if (!holds(account.bytes().toArray(), signature, KEY_INDEXES, details)) {
      throw new MalformedPairing(
          Reply.SIGNATURE_MISMATCH, "the signature of the key index list does not hold");
    }
    ADVKeyIndexList list = parse(ADVKeyIndexList.parser(), Bytes.wrap(details));
    return new KeyIndexes(
        list.getRawId(),
        Instant.ofEpochSecond(list.getTimestamp()),
        list.getCurrentIndex(),
        list.getValidIndexesList());
  }

  private byte[] sign(KeyPair signer, byte[]... parts) {
    return curve.sign(signer.privateKey(), concat(parts), random);
  }

  private boolean holds(byte[] key, byte[] signature, byte[]... parts) {
    return key.length == PublicKey.SIZE_BYTES
        && signature.length == SIGNATURE_BYTES
        && curve.verify(new PublicKey(Bytes.copyOf(key)), concat(parts), signature);
  }

  private static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private static <T> T parse(Parser<T> parser, Bytes encoded) throws MalformedPairing {
    if (encoded.length() > MAX_ENCODED_BYTES) {
      throw new MalformedPairing(
          Reply.INTERNAL_ERROR,
          "an ADV message of " + encoded.length() + " B > limit of " + MAX_ENCODED_BYTES + " B");
    }
    try {
      return parser.parseFrom(encoded.toArray());
    } catch (InvalidProtocolBufferException _) {
      throw new MalformedPairing(Reply.INTERNAL_ERROR, "an ADV message does not parse");
    }
  }
}
