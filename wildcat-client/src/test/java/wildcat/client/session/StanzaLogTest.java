package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

final class StanzaLogTest {
  @Test
  void showsTheProtocolAndHidesThePeople() {
    Node stanza =
        Node.of("message")
            .with("from", Jid.lid("100000012345678").withDevice(7))
            .with("sender_pn", "15551234567@s.whatsapp.net")
            .with("id", "3EB0C767D097B7C7B80B5A")
            .with("notify", "Ann Example")
            .with("type", "text")
            .containing(
                Node.of("enc", Bytes.ofUtf8("secret")).with("v", "2").with("type", "msg"),
                Node.of("body").containingText("hello"));
    assertThat(StanzaLog.text(stanza))
        .isEqualTo(
            "<message from=\"…78:7@lid\" sender_pn=\"…67@s.whatsapp.net\""
                + " id=\"3EB0C767D097B7C7B80B5A\" notify=\"11 characters\" type=\"text\">"
                + "<enc v=\"2\" type=\"msg\">6 B</enc><body>5 characters</body></message>");
  }

  @Test
  void idMadeOfANumberIsScrubbedToo() {
    assertThat(StanzaLog.text(Node.of("ack").with("id", "false_15551234567@c.us_3EB0")))
        .doesNotContain("15551234567");
  }

  @Test
  void longStanzaIsCut() {
    Node[] many = new Node[5_000];
    java.util.Arrays.fill(many, Node.of("user").with("jid", Jid.pn("15551234567")));
    assertThat(StanzaLog.text(Node.of("list", many))).hasSizeLessThan(1_100).endsWith("…");
  }
}
