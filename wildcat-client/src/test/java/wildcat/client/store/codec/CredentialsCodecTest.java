package wildcat.client.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import wildcat.client.store.Credentials;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.SignedPreKey;

/// The stored form of credentials, written down by hand in protobuf's wire format.
class CredentialsCodecTest {
  private static final String NOISE_KEY =
      "0a44" + "0a20" + "11".repeat(32) + "1220" + "12".repeat(32);
  private static final String IDENTITY =
      "1244" + "0a20" + "21".repeat(32) + "1220" + "22".repeat(32);
  private static final String REGISTRATION_ID = "18" + "ffffffffffffffffff01"; // -1
  private static final String FIRST_PRE_KEY = // id 1, keys, signature
      ("22" + "8a01")
          + ("0801" + "1244" + "0a20" + "31".repeat(32) + "1220" + "32".repeat(32))
          + ("1a40" + "33".repeat(64));
  private static final String SECOND_PRE_KEY = // id 300
      ("22" + "8b01")
          + ("08ac02" + "1244" + "0a20" + "41".repeat(32) + "1220" + "42".repeat(32))
          + ("1a40" + "43".repeat(64));
  private static final String ADV_SECRET = "2a20" + "51".repeat(32);
  private static final String LINK =
      "3257"
          + ("0a15" + Bytes.ofUtf8("1555:7@s.whatsapp.net").hex())
          + ("120a" + Bytes.ofUtf8("1000:7@lid").hex())
          + ("1a02" + "abcd")
          + ("2220" + "61".repeat(32))
          + ("2a07" + Bytes.ofUtf8("android").hex())
          + ("3203" + Bytes.ofUtf8("A&B").hex());
  private static final String PUSH_NAME = "3a05" + Bytes.ofUtf8("Ünï").hex();
  private static final String ROUTING_INFO = "4203" + "080205";

  private static final String UNLINKED =
      "01" + NOISE_KEY + IDENTITY + REGISTRATION_ID + FIRST_PRE_KEY + ADV_SECRET;
  private static final String LINKED =
      "01"
          + NOISE_KEY
          + IDENTITY
          + REGISTRATION_ID
          + FIRST_PRE_KEY
          + SECOND_PRE_KEY
          + ADV_SECRET
          + LINK
          + PUSH_NAME
          + ROUTING_INFO;

  private static Credentials unlinked(SignedPreKey... preKeys) {
    return new Credentials(
        keys("11", "12"),
        keys("21", "22"),
        -1,
        List.of(preKeys),
        Secret.wrap(Bytes.ofHex("51".repeat(32)).toArray()),
        Optional.empty(),
        "",
        Bytes.empty());
  }

  private static KeyPair keys(String privateByte, String publicByte) {
    return new KeyPair(
        Secret.wrap(Bytes.ofHex(privateByte.repeat(32)).toArray()),
        new PublicKey(Bytes.ofHex(publicByte.repeat(32))));
  }

  private static SignedPreKey first() {
    return new SignedPreKey(1, keys("31", "32"), Bytes.ofHex("33".repeat(64)));
  }

  private static SignedPreKey second() {
    return new SignedPreKey(300, keys("41", "42"), Bytes.ofHex("43".repeat(64)));
  }

  private static Credentials linked() {
    return unlinked(first(), second())
        .withLink(
            new Credentials.Link(
                Jid.pn("1555").withDevice(7),
                Jid.lid("1000").withDevice(7),
                Bytes.ofHex("abcd"),
                new PublicKey(Bytes.ofHex("61".repeat(32))),
                "android",
                "A&B"))
        .withPushName("Ünï")
        .withRoutingInfo(Bytes.ofHex("080205"));
  }

  @Test
  void everythingIsRead() throws Exception {
    assertThat(decode(LINKED)).isEqualTo(linked());
  }

  @Test
  void everythingIsWritten() {
    assertThat(CredentialsCodec.encode(linked()).hex()).isEqualTo(LINKED);
  }

  @Test
  void whatIsAbsentStaysAbsent() throws Exception {
    assertThat(decode(UNLINKED)).isEqualTo(unlinked(first()));
    assertThat(CredentialsCodec.encode(unlinked(first())).hex()).isEqualTo(UNLINKED);
  }

  @Test
  void fieldsOfALaterVersionAreSkipped() throws Exception {
    String later = "a201" + "03" + "010203" + "a801" + "05" + "b501" + "01020304"; // 20, 21, 22

    assertThat(decode(LINKED + later)).isEqualTo(linked());
    assertThat(decode("01" + later + LINKED.substring(2))).isEqualTo(linked());
  }

  @Test
  void anUnknownVersionIsUnreadable() {
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> decode("02" + LINKED.substring(2)))
        .withMessage("stored credentials: version 2, known is 1");
  }

  @Test
  void aRecordCutAnywhereIsUnreadableOrLacksOnlyWhatMayBeAbsent() {
    for (int bytes = 0; bytes < LINKED.length() / 2; bytes++) {
      String cut = LINKED.substring(0, 2 * bytes);
      try {
        assertThat(decode(cut).advSecret()).isEqualTo(linked().advSecret());
      } catch (StoreFailed expected) {
        assertThat(expected)
            .isInstanceOf(StoreFailed.Unreadable.class)
            .hasMessageStartingWith("stored credentials: ");
      }
    }
  }

  @Test
  void aLengthBeyondTheEndIsRefusedBeforeMemoryIsTaken() {
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> decode("01" + "0a" + "ffffffff07" + "00")) // 2 GiB announced
        .withMessage("stored credentials: damaged");
  }

  @Test
  void valuesOutOfTheirRangeAreUnreadable() {
    String shortKey = "0a43" + "0a1f" + "11".repeat(31) + "1220" + "12".repeat(32);

    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> decode(UNLINKED.replace(NOISE_KEY, shortKey)))
        .withMessage("stored credentials: a value out of its range");
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> decode(UNLINKED.replace(FIRST_PRE_KEY, "")))
        .withMessage("stored credentials: a value out of its range");
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> decode(UNLINKED.replace(IDENTITY, "")))
        .withMessage("stored credentials: field 2 is missing");
  }

  private static Credentials decode(String hex) throws StoreFailed {
    return CredentialsCodec.decode(Bytes.ofHex(hex));
  }
}
