package wildcat.client.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.store.DeviceList;
import wildcat.client.store.DeviceList.Device;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.codec.MessageDetailsCodec.Details;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;

/// The stored forms of pre-keys, device lists and what goes with a message, written down by hand.
class SmallCodecsTest {
  private static final Jid BOB = Jid.pn("15550000002");
  private static final String LATER_FIELD = "a201" + "03" + "010203"; // 20
  private static final String PRE_KEY =
      "01" + "0a44" + "0a20" + "11".repeat(32) + "1220" + "12".repeat(32);

  @ParameterizedTest
  @ValueSource(strings = {"", LATER_FIELD})
  void aPreKeyIsReadWhateverFollows(String later) throws Exception {
    var key =
        new PreKey(
            7,
            new KeyPair(
                Secret.wrap(Bytes.ofHex("11".repeat(32)).toArray()),
                new PublicKey(Bytes.ofHex("12".repeat(32)))));

    assertThat(PreKeyCodec.decode(7, Bytes.ofHex(PRE_KEY + later))).isEqualTo(key);
    assertThat(PreKeyCodec.encode(key).hex()).isEqualTo(PRE_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "01", "010a", "010a02" + "0a00", "02" + "0a44"})
  void aPreKeyThatIsNotWholeIsUnreadable(String hex) {
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> PreKeyCodec.decode(7, Bytes.ofHex(hex)));
  }

  @Test
  void aDeviceListIsReadAndWritten() throws Exception {
    String stored =
        "01"
            + ("0a04" + "0800" + "1000") // device 0, key index 0
            + ("0a06" + "0863" + "1004" + "1801") // device 99, key index 4, hosted
            + ("10" + "80d8a7dab733"); // 1767300000768
    var list =
        new DeviceList(
            BOB,
            List.of(new Device(0, 0, false), new Device(99, 4, true)),
            Instant.ofEpochMilli(1_767_300_000_768L));

    assertThat(DeviceListCodec.encode(list).hex()).isEqualTo(stored);
    assertThat(DeviceListCodec.decode(BOB, Bytes.ofHex(stored + LATER_FIELD))).isEqualTo(list);
    assertThat(DeviceListCodec.decode(BOB, Bytes.ofHex("01")))
        .isEqualTo(new DeviceList(BOB, List.of(), Instant.EPOCH));
  }

  @Test
  void aDeviceNumberBeyondAnIntIsUnreadable() {
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> DeviceListCodec.decode(BOB, Bytes.ofHex("01" + "0a06" + "088080808010")))
        .withMessage("stored device list: field 1 is no int");
  }

  @Test
  void theDetailsOfAMessageAreReadAndWritten() throws Exception {
    String stored =
        "01"
            + "0804" // from the API
            + ("1213"
                + ("0a02" + Bytes.ofUtf8("Q1").hex())
                + ("1206" + Bytes.ofUtf8("15@lid").hex()))
            + ("1a03" + Bytes.ofUtf8("hey").hex() + "2001")
            + ("1a06" + Bytes.ofUtf8("16@lid").hex())
            + ("1a06" + Bytes.ofUtf8("17@lid").hex())
            + "2001"; // forwarded
    var details =
        new Details(
            Origin.API,
            Optional.of(new Quote(new MessageId("Q1"), Jid.lid("15"), "hey", true)),
            List.of(Jid.lid("16"), Jid.lid("17")),
            true,
            Marks.NONE);

    assertThat(MessageDetailsCodec.encode(details).hex()).isEqualTo(stored);
    assertThat(MessageDetailsCodec.decode(Bytes.ofHex(stored + LATER_FIELD))).isEqualTo(details);
  }

  @Test
  void marksFollowTheDetails() throws Exception {
    String stored =
        "01" // version
            + "0801" // live
            + ("2a0d"
                + "0a06"
                + Bytes.ofUtf8("16@lid").hex()
                + "1201"
                + "78"
                + "1805") // a reaction
            + "3006" // edited at
            + ("3a0a" + "0a06" + Bytes.ofUtf8("17@lid").hex() + "1007") // revoked
            + "4001" // starred
            + "4808" // pinned until
            + ("520e" + "0a06" + Bytes.ofUtf8("16@lid").hex() + "1001" + "1003" + "1809"); // a vote
    var marks =
        new Marks(
            List.of(new Marks.Reaction(Jid.lid("16"), "x", Instant.ofEpochMilli(5))),
            Optional.of(Instant.ofEpochMilli(6)),
            Optional.of(new Marks.Revocation(Jid.lid("17"), Instant.ofEpochMilli(7))),
            true,
            Optional.of(Instant.ofEpochMilli(8)),
            List.of(new Marks.Vote(Jid.lid("16"), List.of(0, 2), Instant.ofEpochMilli(9))));
    var details = new Details(Origin.LIVE, Optional.empty(), List.of(), false, marks);

    assertThat(MessageDetailsCodec.encode(details).hex()).isEqualTo(stored);
    assertThat(MessageDetailsCodec.decode(Bytes.ofHex(stored))).isEqualTo(details);
  }

  @ParameterizedTest
  @CsvSource({"LIVE, 1", "OFFLINE, 2", "OTHER_DEVICE, 3", "API, 4", "HISTORY, 5"})
  void theOriginIsStoredByANumberOfItsOwn(Origin origin, int number) throws Exception {
    var details = new Details(origin, Optional.empty(), List.of(), false, Marks.NONE);
    Bytes stored = Bytes.ofHex("01" + "080" + number);

    assertThat(MessageDetailsCodec.encode(details)).isEqualTo(stored);
    assertThat(MessageDetailsCodec.decode(stored)).isEqualTo(details);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "010806", "01" + "0801" + "1200", "01" + "0801" + "1a02" + "3131"})
  void detailsOutOfTheirRangeAreUnreadable(String hex) {
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> MessageDetailsCodec.decode(Bytes.ofHex(hex)));
  }
}
