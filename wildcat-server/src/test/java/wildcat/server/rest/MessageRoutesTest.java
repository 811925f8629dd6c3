package wildcat.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.message.OutgoingContent;
import wildcat.protocol.jid.Jid;
import wildcat.server.Events;
import wildcat.server.FakeAccounts;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;

/// `POST /v1/accounts/{id}/messages`.
class MessageRoutesTest {
  private static final String PATH = "/v1/accounts/a/messages";
  private static final String ANN = "1234567890@s.whatsapp.net";

  @TempDir Path folder;
  private TestServer server;
  private FakeAccounts.One one;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
  MessageRoutesTest() {}

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder);
    one = server.connected("a");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Answer post(String body) throws Exception {
    return server.post(PATH, body.replace('\'', '"'));
  }

  @Test
  void aTextIsSentWithWhatGoesWithIt() throws Exception {
    one.receive(Events.message(ANN, "M1", "Question?", Origin.LIVE));

    Answer answer =
        post(
            "{'to':'+1 234 567-890','type':'text','text':'Hi','replyTo':'M1',"
                + "'mentions':['49151000'],'mentionsAll':true,'expiresInSeconds':86400}");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("chatId").textValue()).isEqualTo(ANN);
    assertThat(answer.json().get("messageId").textValue()).isNotEmpty();
    assertThat(answer.json().get("status").textValue()).isEqualTo("sent");
    assertThat(one.sent)
        .singleElement()
        .satisfies(sent -> {
          assertThat(sent.to().toString()).isEqualTo(ANN);
          assertThat(sent.content()).isEqualTo(new OutgoingContent.Text("Hi"));
          assertThat(sent.quoted().orElseThrow().text()).isEqualTo("Question?");
          assertThat(sent.mentions()).containsExactly(Jid.pn("49151000"));
          assertThat(sent.mentionsAll()).isTrue();
          assertThat(sent.lifetime()).hasDays(1);
        });
  }

  @Test
  void theTypeMayBeLeftOutForATextAndNothingElseIsAssumed() throws Exception {
    assertThat(post("{'to':'1234567890','text':'Hi'}").status()).isEqualTo(200);
    assertThat(one.sent.getFirst().mentionsAll()).isFalse();
    assertThat(one.sent.getFirst().quoted()).isEmpty();
    assertThat(one.sent.getFirst().lifetime()).isZero();
  }

  @Test
  void theSameIdempotencyKeySendsOnce() throws Exception {
    for (int i = 0; i < 2; i++) {
      Answer answer =
          server.call(
              "POST",
              PATH,
              Optional.of("{\"to\":\"1234567890\",\"text\":\"Hi\"}"),
              Map.of("Content-Type", "application/json", "Idempotency-Key", "order-1"));
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(one.sent).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'text':'Hi'} | 400 | to is required and must be a text",
        "{'to':7,'text':'Hi'} | 400 | to must be a text",
        "{'to':'me','text':'Hi'} | 400 | to must be a phone number with country code or an id like"
            + " 4915112345678@s.whatsapp.net",
        "{'to':'1234567890'} | 400 | text is required and must be a text",
        "{'to':'1234567890','text':''} | 400 | text is required and must be a text",
        "{'to':'1234567890','text':'Hi','mentions':'all'} | 400 | mentions must be a list of at most"
            + " 1024 phone numbers or ids",
        "{'to':'1234567890','text':'Hi','mentions':['12036300000000001@g.us']} | 400 | mentions must"
            + " be a phone number with country code or an id like 4915112345678@s.whatsapp.net",
        "{'to':'1234567890','text':'Hi','mentionsAll':1} | 400 | mentionsAll must be true or false",
        "{'to':'1234567890','text':'Hi','expiresInSeconds':-1} | 400 | expiresInSeconds must be a"
            + " whole number from 0 to 31536000",
        "{'to':'1234567890','text':'Hi','replyTo':'nowhere'} | 404 | Quoted message not found",
      })
  void aWrongFieldIsNamed(String body, int status, String error) throws Exception {
    Answer answer = post(body);
    assertThat(answer.json().get("error").textValue()).isEqualTo(error);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(one.sent).isEmpty();
  }

  @Test
  void anUnknownTypeIsAnsweredWithTheKnownOnes() throws Exception {
    Answer answer = post("{'to':'1234567890','type':'telegram','text':'Hi'}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("error").textValue())
        .startsWith("type must be one of ")
        .contains("text");
  }
}
