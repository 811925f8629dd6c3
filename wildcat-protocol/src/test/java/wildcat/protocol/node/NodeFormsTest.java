package wildcat.protocol.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// Which form is written where several would do, and which forms are read alike. Lengths and first bytes
/// were computed with the encoder of Baileys 7.0.0-rc14.
class NodeFormsTest {
  private static Node read(String hex) throws MalformedNode {
    return NodeReader.read(Bytes.ofHex(hex).toArray());
  }

  private static String write(Node node) {
    return Bytes.wrap(NodeWriter.write(node)).hex();
  }

  private static Jid readAddress(String hex) throws MalformedNode {
    return read("00f8031b11" + hex).jid("to").orElseThrow();
  }

  private static String writeAddress(Jid jid) {
    String hex = write(Node.of("ack").with("to", jid));
    assertThat(hex).startsWith("00f8031b11");
    return hex.substring(10);
  }

  @ParameterizedTest
  @CsvSource({
    "255,     00f8021dfcff,         261",
    "256,     00f8021dfd000100,     264",
    "1048575, 00f8021dfd0fffff,     1048583",
    "1048576, 00f8021dfe00100000,   1048585",
  })
  void theLengthOfBytesDecidesTheirForm(int size, String start, int total) throws MalformedNode {
    Node node = Node.of("enc").containing(Bytes.wrap(new byte[size]));
    byte[] written = NodeWriter.write(node);
    assertThat(written).hasSize(total);
    assertThat(Bytes.wrap(written).slice(0, start.length() / 2).hex()).isEqualTo(start);
    assertThat(NodeReader.read(written)).isEqualTo(node);
  }

  @ParameterizedTest
  @CsvSource({"127, 00f8031b08ffc0, 71", "128, 00f8031b08fc80, 135"})
  void digitsArePackedUpTo127Characters(int digits, String start, int total) throws MalformedNode {
    Node node = Node.of("ack").with("id", "5".repeat(digits));
    byte[] written = NodeWriter.write(node);
    assertThat(written).hasSize(total);
    assertThat(Bytes.wrap(written).hex()).startsWith(start);
    assertThat(NodeReader.read(written)).isEqualTo(node);
  }

  @Test
  void aListOf256HasALongHeader() throws MalformedNode {
    Node node = Node.of("list").containing(Collections.nCopies(256, Node.of("user")));
    byte[] written = NodeWriter.write(node);
    assertThat(written).hasSize(775);
    assertThat(Bytes.wrap(written).hex()).startsWith("00f80271f90100f8010e");
    assertThat(NodeReader.read(written)).isEqualTo(node);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "fc00", "fd000000", "fe00000000", "ff00", "fb00"})
  void allFormsOfEmptyTextAreReadAlike(String form) throws MalformedNode {
    assertThat(read("00f8031b11" + form).attribute("to")).contains("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2a", "fc0472656164", "fd00000472656164", "fe0000000472656164"})
  void allFormsOfAWordAreReadAlike(String form) throws MalformedNode {
    assertThat(read("00f8031b11" + form).attribute("to")).contains("read");
  }

  @Test
  void theUpperBitsOfATwentyBitLengthAreIgnored() throws MalformedNode {
    assertThat(read("00f8021dfdf0000101")).isEqualTo(Node.of("enc", Bytes.ofHex("01")));
  }

  @Test
  void emptyTextContentStaysText() throws MalformedNode {
    Node node = Node.of("body").containingText("");
    assertThat(write(node)).isEqualTo("00f802ed75ff00"); // as whatsmeow writes it
    assertThat(NodeReader.read(NodeWriter.write(node))).isEqualTo(node);
  }

  @Test
  void textContentOutsideTheDictionaryIsReadAsBytes() throws MalformedNode {
    Node node = Node.of("body").containingText("hello there");
    assertThat(NodeReader.read(NodeWriter.write(node)))
        .isEqualTo(Node.of("body", Bytes.ofUtf8("hello there")));
  }

  @Test
  void anAddressAsContentIsReadAsText() throws MalformedNode {
    assertThat(read("00f802ed75f70007ff8615551234567f"))
        .isEqualTo(Node.of("body").containingText("15551234567:7@s.whatsapp.net"));
  }

  @Test
  void textThatLooksLikeAnAddressIsWrittenAsText() {
    assertThat(write(Node.of("ack").with("to", "1@lid"))).isEqualTo("00f8031b11fc0531406c6964");
  }

  @Test
  void theLastNibbleOfAnOddStringIsDroppedWhateverItIs() throws MalformedNode {
    assertThat(read("00f8031b11ff821234").attribute("to")).contains("123");
    assertThat(read("00f8031b11ff82123d").attribute("to")).contains("123");
  }

  @Test
  void rawTextThatIsNotUtf8IsReplaced() throws MalformedNode {
    assertThat(read("00f8031b11fc0241ff").attribute("to")).contains("A\uFFFD");
  }

  @ParameterizedTest
  @CsvSource({
    "5551_2:7@s.whatsapp.net,      f70207ff025551",
    "5551_2@s.whatsapp.net,        f70200ff025551",
    "5551_1:7@s.whatsapp.net,      fafc08353535315f313a3703",
    "5551_128@s.whatsapp.net,      fafc08353535315f31323803",
    "5551:300@s.whatsapp.net,      fafc08353535313a33303003",
    "5551_3:7@lid,                 fafc08353535315f333a3776",
    "5551:256@hosted,              fafc08353535313a323536fc06686f73746564",
    "5551@hosted,                  f78000ff025551",
    "5551@hosted.lid,              f78100ff025551",
    "5551:7@g.us,                  fafc06353535313a371c",
    "5551@msgr,                    f6ff0255510000cc",
    "5551:300@msgr,                f6ff025551012ccc",
    "65535-5551:2@interop,         f5ff0255510002fffffc07696e7465726f70",
    "65536-5551@interop,           faff0565536a5551fc07696e7465726f70",
    "05-5551@interop,              faff8405a5551ffc07696e7465726f70",
    "5551@interop,                 faff025551fc07696e7465726f70",
    "@g.us,                        fa001c",
    "@s.whatsapp.net,              fa0003",
    "read@bot,                     fa2afc03626f74",
    "abc:xyz@bot,                  fafc076162633a78797afc03626f74",
  })
  void addressesTakeTheFormThatHoldsThemAndComeBackEqual(String text, String hex)
      throws MalformedNode {
    Jid jid = text.equals("abc:xyz@bot") ? Jid.of("abc:xyz", "bot") : Jid.parse(text).orElseThrow();
    assertThat(writeAddress(jid)).isEqualTo(hex);
    assertThat(readAddress(hex)).isEqualTo(jid);
  }

  @Test
  void aPairThatSpellsADeviceIsThatDevice() throws MalformedNode {
    assertThat(readAddress("fafc0d31353535313233343536373a3703"))
        .isEqualTo(readAddress("f70007ff8615551234567f"));
  }

  @Test
  void everyWordOfTheDictionaryTakesOneOrTwoBytes() throws MalformedNode {
    var words = new HashSet<String>();
    for (int tag = 1; tag < 240; tag++) {
      for (int index = 0; index < (tag < 236 ? 1 : 256); index++) {
        String hex = Bytes.wrap(new byte[] {(byte) tag, (byte) index}).hex();
        String form = tag < 236 ? hex.substring(0, 2) : hex;
        Node node = read("00f8031b11" + form);
        assertThat(write(node)).isEqualTo("00f8031b11" + form);
        assertThat(words.add(node.text("to"))).isTrue();
      }
    }
    assertThat(words).hasSize(235 + 4 * 256).doesNotContain("").allMatch(w -> !w.contains(" "));
  }

  @Test
  void aNodeAsDeepAsTheReaderAllowsIsWrittenAndOneDeeperIsNot() {
    Node node = Node.of("a");
    for (int i = 1; i < NodeReader.MAX_DEPTH; i++) {
      node = Node.of("a", node);
    }
    Node deepest = node;
    assertThat(NodeWriter.write(deepest)).isNotEmpty();
    assertThatThrownBy(() -> NodeWriter.write(Node.of("a", deepest)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("node deeper than 128 levels");
  }

  @Test
  void aListOf65535IsWrittenAndOneMoreIsNot() throws MalformedNode {
    Node node = Node.of("list").containing(Collections.nCopies(65_535, Node.of("user")));
    assertThat(NodeReader.read(NodeWriter.write(node))).isEqualTo(node);
    Node longer = Node.of("list").containing(Collections.nCopies(65_536, Node.of("user")));
    assertThatThrownBy(() -> NodeWriter.write(longer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("list of 65536 > limit of 65535");
  }

  @Test
  void manyAttributesAreWrittenWithALongHeader() throws MalformedNode {
    var attributes =
        IntStream.range(0, 300)
            .mapToObj(i -> new Node.Attribute("key" + i, new Node.Value.Text("v" + i)))
            .toList();
    var node = new Node("a", attributes, new Node.Content.Nothing());
    assertThat(write(node)).startsWith("00f90259"); // 1 + 2 * 300
    assertThat(NodeReader.read(NodeWriter.write(node))).isEqualTo(node);
  }
}
