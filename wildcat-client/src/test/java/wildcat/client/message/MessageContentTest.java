package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Fixture.ANN_PN;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.fake.Fixture;
import wildcat.proto.ContextInfo;
import wildcat.proto.DocumentMessage;
import wildcat.proto.ExtendedTextMessage;
import wildcat.proto.FutureProofMessage;
import wildcat.proto.Message;
import wildcat.proto.MessageContextInfo;
import wildcat.proto.PollCreationMessage;
import wildcat.proto.SenderKeyDistributionMessage;

class MessageContentTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  private MessageContent read(Message.Builder message) throws Exception {
    return MessageContent.of(message.build(), ANN_PN, account.lids);
  }

  private static FutureProofMessage wrapping(Message inner) {
    return FutureProofMessage.newBuilder().setMessage(inner).build();
  }

  @Test
  void wrappersAreTakenOff() throws Exception {
    Message document =
        Message.newBuilder()
            .setDocumentMessage(DocumentMessage.newBuilder().setCaption("read this"))
            .build();
    Message withCaption =
        Message.newBuilder().setDocumentWithCaptionMessage(wrapping(document)).build();

    MessageContent content = read(Message.newBuilder().setEphemeralMessage(wrapping(withCaption)));

    assertThat(content.type()).isEqualTo("document");
    assertThat(content.text()).isEqualTo("read this");
  }

  @Test
  void wrappersWithoutEndAreNotFollowed() throws Exception {
    Message message = Fixture.text("deep down");
    for (int i = 0; i < 50; i++) {
      message = Message.newBuilder().setEphemeralMessage(wrapping(message)).build();
    }

    assertThat(read(message.toBuilder()).type()).isEqualTo("unknown");
  }

  @Test
  void keysAndContextAloneAreNoMessage() throws Exception {
    assertThat(
            read(Message.newBuilder()
                    .setSenderKeyDistributionMessage(
                        SenderKeyDistributionMessage.newBuilder().setGroupId("g"))
                    .setMessageContextInfo(
                        MessageContextInfo.newBuilder()
                            .setMessageSecret(ByteString.copyFromUtf8("s"))))
                .type())
        .isEqualTo(MessageContent.NONE);
  }

  @Test
  void whatIsNewToUsIsKeptAsUnknown() throws Exception {
    var field =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("x")).build();

    MessageContent content =
        read(
            Message.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(9_999, field).build()));

    assertThat(content.type()).isEqualTo("unknown");
    assertThat(content.text()).isEmpty();
  }

  @Test
  void aPollShowsItsQuestion() throws Exception {
    MessageContent content =
        read(
            Message.newBuilder()
                .setPollCreationMessageV3(PollCreationMessage.newBuilder().setName("When?")));

    assertThat(content.type()).isEqualTo("poll");
    assertThat(content.text()).isEqualTo("When?");
  }

  @Test
  void aQuoteWithoutUsableIdIsNone() throws Exception {
    for (String id : new String[] {"", "x".repeat(129)}) {
      var text =
          ExtendedTextMessage.newBuilder()
              .setText("t")
              .setContextInfo(ContextInfo.newBuilder().setStanzaId(id));
      assertThat(read(Message.newBuilder().setExtendedTextMessage(text)).quote()).isEmpty();
    }
  }

  @Test
  void aQuoteWithoutAuthorIsOfTheChat() throws Exception {
    var text =
        ExtendedTextMessage.newBuilder()
            .setText("t")
            .setContextInfo(ContextInfo.newBuilder().setStanzaId("Q").setParticipant("nonsense"));

    MessageContent content = read(Message.newBuilder().setExtendedTextMessage(text));

    assertThat(content.quote().orElseThrow().participant()).isEqualTo(ANN_PN);
  }

  @Test
  void mentionsAreBounded() throws Exception {
    var context = ContextInfo.newBuilder();
    for (int i = 0; i < 2_000; i++) {
      context.addMentionedJid("1" + i + "@s.whatsapp.net");
    }
    var text = ExtendedTextMessage.newBuilder().setText("t").setContextInfo(context);

    assertThat(read(Message.newBuilder().setExtendedTextMessage(text)).mentions()).hasSize(1_024);
  }
}
