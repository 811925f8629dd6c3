package wildcat.protocol.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// Encodings made by the encoder of Baileys 7.0.0-rc14 and read back by its decoder; numbers 21 and 22 are
/// forms only whatsmeow writes.
class NodeVectorsTest {
  record Vector(int number, Node node, String hex) {
    @Override
    public String toString() {
      return number + ": " + node;
    }
  }

  private static final Jid DEVICE = Jid.pn("15551234567").withDevice(7);
  private static final Jid LID_DEVICE = Jid.lid("100000012345678").withDevice(7);

  static Stream<Vector> vectors() {
    return Stream.concat(stanzas(), Stream.concat(addresses(), contents()));
  }

  static Stream<Vector> stanzas() {
    return Stream.of(
        new Vector(1, Node.of("ack"), "00f8011b"),
        new Vector(
            2,
            Node.of("iq")
                .with("id", "12345.678-1")
                .with("to", Jid.WHATSAPP)
                .with("type", "get")
                .with("xmlns", "w:p")
                .containing(Node.of("ping")),
            "00f80a1908ff8612345b678a1f11fa000304291657f801f80156"),
        new Vector(
            3,
            Node.of("iq")
                .with("to", Jid.WHATSAPP)
                .with("xmlns", "encrypt")
                .with("type", "get")
                .with("id", "7")
                .containing(Node.of("count")),
            "00f80a1911fa000316cb042908e3f801f80141"),
        new Vector(4, Node.of("receipt").with("type", "peer_msg"), "00f8030704ed1b"),
        new Vector(5, ack("t", "1700000000"), "00f8031b1aff051700000000"),
        new Vector(6, ack("t", "1700000000.5-"), "00f8031b1aff871700000000b5af"),
        new Vector(7, ack("id", "3EB0ABCDEF012"), "00f8031b08fb873eb0abcdef012f"),
        new Vector(8, ack("id", "3EB0C767D097B7C7B80B5A"), "00f8031b08fb0b3eb0c767d097b7c7b80b5a"),
        new Vector(9, ack("id", "3eb0ff"), "00f8031b08fc06336562306666"));
  }

  static Stream<Vector> addresses() {
    return Stream.of(
        new Vector(10, to(Jid.pn("15551234567")), "00f8031b11faff8615551234567f03"),
        new Vector(11, to(Jid.lid("100000012345678")), "00f8031b11faff88100000012345678f76"),
        new Vector(12, to(DEVICE), "00f8031b11f70007ff8615551234567f"),
        new Vector(13, to(LID_DEVICE), "00f8031b11f70107ff88100000012345678f"),
        new Vector(
            14,
            to(Jid.of("15551234567", Jid.HOSTED_SERVER).withDevice(99)),
            "00f8031b11f78063ff8615551234567f"),
        new Vector(
            15,
            to(Jid.of("100000012345678", Jid.HOSTED_LID_SERVER).withDevice(99)),
            "00f8031b11f78163ff88100000012345678f"),
        new Vector(17, to(Jid.group("120363000000000001")), "00f8031b11faff091203630000000000011c"),
        new Vector(
            18,
            to(Jid.group("15551234567-1600000000")),
            "00f8031b11faff0b15551234567a16000000001c"),
        new Vector(19, to(Jid.STATUS), "00f8031b11fa0b0d"),
        new Vector(
            20,
            to(Jid.of("120363000000000002", Jid.NEWSLETTER_SERVER)),
            "00f8031b11faff09120363000000000002fc0a6e6577736c6574746572"),
        new Vector(
            21,
            to(Jid.of("100012345678", Jid.MESSENGER_SERVER).withDevice(3)),
            "00f8031b11f6ff061000123456780003cc"),
        new Vector(
            22,
            to(Jid.of("5-1234567890", Jid.INTEROP_SERVER).withDevice(2)),
            "00f8031b11f5ff05123456789000020005fc07696e7465726f70"));
  }

  static Stream<Vector> contents() {
    return Stream.of(
        new Vector(23, Node.of("presence").with("name", ""), "00f8031f89fc00"),
        new Vector(24, Node.of("iq").containing(List.of()), "00f8021900"),
        new Vector(
            25,
            Node.of("enc").with("v", "2").with("type", "msg").containing(Bytes.ofHex("330a01ff")),
            "00f8061d5145044dfc04330a01ff"),
        new Vector(26, Node.of("item").containingText("read"), "00f8023f2a"),
        new Vector(
            27,
            Node.of("body").containing(Bytes.ofUtf8("Zürich ☂")),
            "00f802ed75fc0b5ac3bc7269636820e29882"),
        new Vector(
            28,
            listOfFour(),
            "00f8061904140855f801f80271f804" + "f8030e0cfaff8615551234567f03".repeat(4)));
  }

  private static Node listOfFour() {
    Node user = Node.of("user").with("jid", Jid.pn("15551234567"));
    return Node.of("iq")
        .with("type", "result")
        .with("id", "1")
        .containing(Node.of("list").containing(Collections.nCopies(4, user)));
  }

  private static Node ack(String key, String value) {
    return Node.of("ack").with(key, value);
  }

  private static Node to(Jid jid) {
    return Node.of("ack").with("to", jid);
  }

  private static Node read(String hex) throws MalformedNode {
    return NodeReader.read(Bytes.ofHex(hex).toArray());
  }

  private static String write(Node node) {
    return Bytes.wrap(NodeWriter.write(node)).hex();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void nodesAreWrittenAsBaileysWritesThem(Vector vector) {
    assertThat(write(vector.node())).isEqualTo(vector.hex());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatBaileysWritesIsRead(Vector vector) throws MalformedNode {
    assertThat(read(vector.hex())).isEqualTo(vector.node());
  }

  @Test
  void anExplicitDeviceZeroIsTheSameAddressAsNone() throws MalformedNode {
    assertThat(read("00f8031b11f70000ff8615551234567f")).isEqualTo(to(Jid.pn("15551234567")));
  }

  @Test
  void aCompressedBodyIsInflated() throws MalformedNode {
    String hex = "02789cfbc126c922c211fa83f10753e10f961fcc7c3cbffeb789860a9984d53313cf03009156195d";
    assertThat(read(hex)).isEqualTo(listOfFour());
  }
}
