package wildcat.server.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import wildcat.proto.ContextInfo;
import wildcat.proto.ExtendedTextMessage;
import wildcat.proto.ImageMessage;
import wildcat.proto.Message;
import wildcat.proto.MessageContextInfo;
import wildcat.proto.SenderKeyDistributionMessage;
import wildcat.protocol.bytes.Bytes;

class MessageJsonTest {
  @Test
  void fieldsHaveWhatsAppsNames() {
    var message =
        Message.newBuilder()
            .setExtendedTextMessage(
                ExtendedTextMessage.newBuilder()
                    .setText("Hi")
                    .setContextInfo(
                        ContextInfo.newBuilder()
                            .setStanzaId("A")
                            .addMentionedJid("1@lid")
                            .setQuotedMessage(Message.newBuilder().setConversation("Q"))))
            .build();
    assertThat(json(message))
        .isEqualTo(
            "{\"extendedTextMessage\":{\"text\":\"Hi\",\"contextInfo\":{\"stanzaId\":\"A\","
                + "\"quotedMessage\":{\"conversation\":\"Q\"},\"mentionedJid\":[\"1@lid\"]}}}");
  }

  @Test
  void bytesAreBase64AndNumbersNumbers() {
    var message =
        Message.newBuilder()
            .setImageMessage(
                ImageMessage.newBuilder()
                    .setFileLength(12345678901L)
                    .setHeight(7)
                    .setFileSha256(ByteString.copyFrom(new byte[] {1, 2, 3})))
            .build();
    assertThat(json(message))
        .contains("\"fileLength\":12345678901")
        .contains("\"height\":7")
        .contains("\"fileSha256\":\"AQID\"");
  }

  @Test
  void keyMaterialIsLeftOut() {
    var message =
        Message.newBuilder()
            .setConversation("x")
            .setMessageContextInfo(
                MessageContextInfo.newBuilder().setMessageSecret(ByteString.copyFromUtf8("secret")))
            .setSenderKeyDistributionMessage(
                SenderKeyDistributionMessage.newBuilder().setGroupId("g"))
            .build();
    assertThat(json(message)).isEqualTo("{\"conversation\":\"x\"}");
  }

  @Test
  void emptyAndBrokenContentIsAbsent() {
    assertThat(MessageJson.of(Bytes.empty())).isEmpty();
    assertThat(MessageJson.of(Bytes.ofHex("ffff"))).isEmpty();
  }

  private static String json(Message message) {
    return MessageJson.of(Bytes.wrap(message.toByteArray())).orElseThrow().toString();
  }
}
