package wildcat.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.MessageStatus;
import wildcat.server.Events;
import wildcat.server.FakeAccounts;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;

/// The header `Idempotency-Key`.
class OnceTest {
  private static final String ANN = "1234567890@s.whatsapp.net";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theSameIdempotencyKeySendsOnce() throws Exception {
    FakeAccounts.One one = server.connected("a");
    server.connected("b");
    JsonNode first = once("a", "order-1", ANN, "x").json();
    assertThat(first.get("messageId").textValue()).matches("3EB0[0-9A-F]{18}");
    assertThat(once("a", "order-1", ANN, "x").json()).isEqualTo(first);
    assertThat(one.sent).hasSize(1);
    refused(
        once("a", "order-1", ANN, "y"), 422, "this Idempotency-Key was used for another message");
    assertThat(once("a", "order-1", "49151000", "x").status()).isEqualTo(422);
    assertThat(once("a", "order-2", ANN, "x").status()).isEqualTo(200);
    assertThat(once("b", "order-1", ANN, "x").json()).isNotEqualTo(first); // another account's
    assertThat(one.sent).hasSize(2);
    refused(
        once("a", "x".repeat(256), ANN, "x"),
        400,
        "Idempotency-Key has 1 to 255 printable ASCII characters");
    assertThat(once("a", "x".repeat(255), ANN, "x").status()).isEqualTo(200);
  }

  private Answer once(String account, String token, String to, String text) throws Exception {
    return server.call(
        "POST",
        "/accounts/" + account + "/message/send",
        Optional.of("{\"to\":\"" + to + "\",\"message\":\"" + text + "\"}"),
        Map.of("Content-Type", "application/json", "Idempotency-Key", token));
  }

  @Test
  void aMessageThatFailedIsNotSentAgainUnderTheSameKey() throws Exception {
    FakeAccounts.One one = server.connected("a");
    String id = once("a", "order-1", ANN, "x").json().get("messageId").textValue();
    server.delete("/accounts/a?purge=true"); // the same id anew, this time as a failed message
    FakeAccounts.One again = server.connected("a");
    ChatMessage failed = Events.message(ANN, id, "x", Origin.API).withStatus(MessageStatus.FAILED);
    again.receive(failed);
    refused(
        once("a", "order-1", ANN, "x"),
        500,
        "the message with this Idempotency-Key has failed; use another key to try again");
    assertThat(one.sent).hasSize(1);
    assertThat(again.sent).isEmpty();
  }

  @Test
  void twoCallersMayUseTheSameKey() throws Exception {
    FakeAccounts.One one = server.connected("a");
    String other = server.newKey("{\"scopes\":[\"send\"]}");
    once("a", "order-1", ANN, "x");
    server.call(
        "POST",
        "/accounts/a/message/send",
        Optional.of("{\"to\":\"" + ANN + "\",\"message\":\"x\"}"),
        Map.of(
            "Content-Type", "application/json", "Idempotency-Key", "order-1", "X-Api-Key", other));
    assertThat(one.sent).hasSize(2);
  }

  private static void refused(Answer answer, int status, String error) {
    assertThat(answer.json().get("error").textValue()).isEqualTo(error);
    assertThat(answer.status()).isEqualTo(status);
  }
}
