package wildcat.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import wildcat.proto.ADVEncryptionType;
import wildcat.proto.ADVSignedDeviceIdentity;
import wildcat.proto.ADVSignedDeviceIdentityHMAC;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.HmacSha256;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;

/// The fixed values were made with Baileys 7.0.0-rc14 (validate-connection.ts).
class AdvTest {
  private static final Curve CURVE = Curve.standard();
  private static final KeyPair COMPANION = pair("98" + "99".repeat(30) + "59");
  private static final KeyPair ACCOUNT = pair("a8" + "aa".repeat(30) + "6a");
  private static final Secret ADV_SECRET =
      Secret.wrap(
          Bytes.ofHex("db31582beadc05f552419682f3ae4e73af2492ab4479167c12a82a832f96b2af")
              .toArray());
  private static final String DETAILS = "08b96010c0c99bc506180120002800";
  private static final String ACCOUNT_SIGNATURE =
      "1d0bd62b0ea9c0e36013bdd3b8a297d8329c77a58aaad77ec759e8f533079a20"
          + "48a8477a099f36a11208c4831fb3805d1c307e627a8e212f2076d7e100b3a800";
  private static final String SIGNED =
      "0a0f" + DETAILS + "1220" + ACCOUNT.publicKey().bytes().hex() + "1a40" + ACCOUNT_SIGNATURE;
  private static final String HMAC =
      "37dfc84f1b865c70949912a322846b6b9baf90dbe279473d3cb5f306aae6be05";
  private static final Bytes CONTAINER = Bytes.ofHex("0a75" + SIGNED + "1220" + HMAC + "1800");
  private static final String DEVICE_SIGNATURE =
      "cbcf5d09de677a0915890773a698e884d222b3299fadccfd0440352112190059"
          + "166d980d02fff9e381e555b78c0d8a91adac9ec683f39843fb880ed106f2d187";

  private final Adv adv = new Adv(CURVE, new SecureRandom());

  private static KeyPair pair(String privateKey) {
    return CURVE.pairOf(Secret.wrap(Bytes.ofHex(privateKey).toArray()));
  }

  @Test
  void theKeysOfTheVectorsAreTheOnesStated() {
    assertThat(COMPANION.publicKey().bytes().hex())
        .isEqualTo("ba193836cff1f4e866c139715d306408d26a76f76d638a39afc1001084d25411");
    assertThat(ACCOUNT.publicKey().bytes().hex())
        .isEqualTo("14ca9e4d387bccf35746e0407daaacc6b28a4f8445ef5a5158894db983e24070");
  }

  @Test
  void aCompanionAcceptsAContainerMadeByAnotherImplementationAndSignsBack() throws Exception {
    var signed = adv.accept(CONTAINER, ADV_SECRET, COMPANION);

    assertThat(signed.keyIndex()).isEqualTo(1);
    assertThat(signed.accountKey()).isEqualTo(ACCOUNT.publicKey());
    assertThat(adv.verify(signed.full(), COMPANION.publicKey(), ACCOUNT.publicKey())).isTrue();
    assertThat(
            ADVSignedDeviceIdentity.parseFrom(signed.withoutAccountKey().toArray())
                .hasAccountSignatureKey())
        .isFalse();
  }

  @Test
  void aDeviceSignatureMadeByAnotherImplementationVerifies() throws Exception {
    Bytes withoutKey =
        Bytes.ofHex("0a0f" + DETAILS + "1a40" + ACCOUNT_SIGNATURE + "2240" + DEVICE_SIGNATURE);

    Bytes full = adv.complete(withoutKey, ACCOUNT.publicKey(), COMPANION.publicKey());

    assertThat(full.hex()).isEqualTo(SIGNED + "2240" + DEVICE_SIGNATURE);
    assertThat(Adv.accountKey(full)).isEqualTo(ACCOUNT.publicKey());
  }

  @Test
  void whatThePhoneStatesIsEncodedAsAnotherImplementationDoes() {
    var details = new Adv.DeviceDetails(12_345, Instant.ofEpochSecond(1_755_768_000), 1);

    Bytes container = adv.signDevice(ACCOUNT, details, COMPANION.publicKey(), ADV_SECRET);

    // up to the signature, which is random
    assertThat(container.slice(0, 55).hex()).isEqualTo(CONTAINER.slice(0, 55).hex());
    assertThat(container.length()).isEqualTo(CONTAINER.length());
  }

  @Test
  void phoneAndCompanionAgreeOnAFreshDevice() throws Exception {
    var details = new Adv.DeviceDetails(-1, Instant.EPOCH, 200);
    Bytes container = adv.signDevice(ACCOUNT, details, COMPANION.publicKey(), ADV_SECRET);

    var signed = adv.accept(container, ADV_SECRET, COMPANION);

    assertThat(adv.complete(signed.withoutAccountKey(), ACCOUNT.publicKey(), COMPANION.publicKey()))
        .isEqualTo(signed.full());
  }

  /// Details, account key and signatures of a device hosted by Meta, made here from the rules of
  /// whatsmeow pair.go (prefixes 06 05 and 06 01) and whatsapp-rust adv.rs (06 06).
  private static ADVSignedDeviceIdentity.Builder hosted(String devicePrefix) {
    String details = DETAILS.substring(0, DETAILS.length() - 2) + "01"; // deviceType 1
    String device = COMPANION.publicKey().bytes().hex();
    String account = ACCOUNT.publicKey().bytes().hex();
    return ADVSignedDeviceIdentity.newBuilder()
        .setDetails(ByteString.fromHex(details))
        .setAccountSignatureKey(ByteString.fromHex(account))
        .setAccountSignature(signature(ACCOUNT, "0605" + details + device))
        .setDeviceSignature(signature(COMPANION, devicePrefix + details + device + account));
  }

  private static ByteString signature(KeyPair signer, String message) {
    return ByteString.copyFrom(
        CURVE.sign(signer.privateKey(), Bytes.ofHex(message).toArray(), new SecureRandom()));
  }

  private boolean verifies(ADVSignedDeviceIdentity.Builder identity) {
    return adv.verify(
        Bytes.wrap(identity.build().toByteArray()), COMPANION.publicKey(), ACCOUNT.publicKey());
  }

  @Test
  void hostedDevicesVerifyWithEitherPrefixOfTheirOwnSignature() {
    assertThat(verifies(hosted("0601"))).isTrue();
    assertThat(verifies(hosted("0606"))).isTrue();
    assertThat(verifies(hosted("0600"))).isFalse();
    assertThat(verifies(hosted("0605"))).isFalse();
    assertThat(verifies(hosted("0606").clearAccountSignatureKey())).isTrue();
    assertThat(verifies(hosted("0606").clearAccountSignature())).isFalse();
    assertThat(verifies(hosted("0606").clearDeviceSignature())).isFalse();
  }

  @Test
  void aHostedContainerHasItsOwnPrefixInTheHmac() throws Exception {
    byte[] signed = hosted("0601").clearDeviceSignature().build().toByteArray();
    String prefixed = "0605" + Bytes.wrap(signed).hex();
    var container =
        ADVSignedDeviceIdentityHMAC.newBuilder()
            .setDetails(ByteString.copyFrom(signed))
            .setAccountType(ADVEncryptionType.ADVENCRYPTION_TYPE_HOSTED)
            .setHmac(hmac(Bytes.ofHex(prefixed).toArray()));

    var accepted = adv.accept(encoded(container), ADV_SECRET, COMPANION);

    assertThat(adv.verify(accepted.full(), COMPANION.publicKey(), ACCOUNT.publicKey())).isTrue();
    assertReply(
        encoded(container.setHmac(hmac(signed))),
        ADV_SECRET,
        COMPANION,
        MalformedPairing.Reply.HMAC_MISMATCH);
  }

  private static ByteString hmac(byte[] message) {
    return ByteString.copyFrom(HmacSha256.of(ADV_SECRET.expose(), message));
  }

  private static Bytes encoded(ADVSignedDeviceIdentityHMAC.Builder container) {
    return Bytes.wrap(container.build().toByteArray());
  }

  @Test
  void aDeviceIdentityWithAnotherAccountKeyInsideIsRefused() {
    assertThat(
            adv.verify(
                Bytes.ofHex(SIGNED + "2240" + DEVICE_SIGNATURE),
                COMPANION.publicKey(),
                COMPANION.publicKey()))
        .isFalse();
  }

  @Test
  void anotherSecretIsAnHmacMismatch() {
    assertReply(
        CONTAINER, Secret.wrap(new byte[32]), COMPANION, MalformedPairing.Reply.HMAC_MISMATCH);
  }

  @Test
  void aSignatureOverAnotherIdentityIsASignatureMismatch() {
    assertReply(
        CONTAINER,
        ADV_SECRET,
        CURVE.generate(new SecureRandom()),
        MalformedPairing.Reply.SIGNATURE_MISMATCH);
  }

  @Test
  void everyTruncatedContainerIsRefused() {
    for (int length = 0; length < CONTAINER.length() - 2; length++) {
      Bytes truncated = CONTAINER.slice(0, length);
      assertThatThrownBy(() -> adv.accept(truncated, ADV_SECRET, COMPANION))
          .isInstanceOf(MalformedPairing.class);
    }
  }

  @Test
  void aContainerAboveTheLimitIsRefusedUnread() {
    assertThatThrownBy(() -> adv.accept(Bytes.wrap(new byte[4_097]), ADV_SECRET, COMPANION))
        .isInstanceOf(MalformedPairing.class)
        .hasMessage("an ADV message of 4097 B > limit of 4096 B");
  }

  @Test
  void anyChangedBitBreaksTheChain() {
    Bytes full = Bytes.ofHex(SIGNED + "2240" + DEVICE_SIGNATURE);
    for (int i = 0; i < full.length(); i++) {
      byte[] damaged = full.toArray();
      damaged[i] ^= 0x10;
      assertThat(adv.verify(Bytes.wrap(damaged), COMPANION.publicKey(), ACCOUNT.publicKey()))
          .as("byte %d", i)
          .isFalse();
    }
  }

  @Test
  void aKeyIndexListIsVerifiedAgainstTheAccount() throws Exception {
    var indexes =
        new Adv.KeyIndexes(12_345, Instant.ofEpochSecond(1_755_768_000), 3, List.of(1, 3));
    Bytes list = adv.signKeyIndexes(ACCOUNT, indexes);

    assertThat(adv.keyIndexes(list, ACCOUNT.publicKey())).isEqualTo(indexes);
    assertThatThrownBy(() -> adv.keyIndexes(list, COMPANION.publicKey()))
        .isInstanceOf(MalformedPairing.class);
  }

  private void assertReply(
      Bytes container, Secret secret, KeyPair own, MalformedPairing.Reply reply) {
    assertThatThrownBy(() -> adv.accept(container, secret, own))
        .isInstanceOfSatisfying(
            MalformedPairing.class, e -> assertThat(e.reply()).isEqualTo(reply));
  }
}
