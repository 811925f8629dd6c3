package wildcat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names, requests and output of scripts/cli.js of Wildcat 2.0.0.
class FormerCommandsTest {
  @TempDir Path home;
  private StubServer server;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws IOException {
    server = new StubServer();
    cli = new CommandLineFixture(home).piped().with("BASE_URL", server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void pingPrintsTheAnswer() {
    server.on(
        "GET /ping", 200, "{\"ok\":true,\"pong\":true,\"time\":\"2026-11-04T09:49:25.526Z\"}");
    assertThat(cli.run("ping")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            "{\n  \"ok\": true,\n  \"pong\": true,\n  \"time\": \"2026-11-04T09:49:25.526Z\"\n}\n");
  }

  @Test
  void accountsPrintsOneCompactDocumentEach() {
    server.on(
        "GET /accounts",
        200,
        "{\"ok\":true,\"accounts\":[{\"_id\":\"a\",\"name\":\"A\",\"collectionName\":\"auth_a\",\"currentStatus\":\"not_started\",\"hasQR\":false}]}");
    assertThat(cli.run("accounts")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            "{\n  \"id\": \"a\",\n  \"name\": \"A\",\n  \"status\": \"not_started\",\n  \"hasQR\": false\n}\n");
  }

  @Test
  void eachNameMakesItsRequest() {
    var ok = "{\"ok\":true}";
    server
        .on("GET /accounts", 200, ok)
        .on("GET /accounts/a/status", 200, ok)
        .on("POST /accounts", 201, ok)
        .on("DELETE /accounts/a", 200, ok)
        .on("POST /accounts/a/connect", 200, ok)
        .on("POST /accounts/a/disconnect", 200, ok)
        .on("POST /accounts/a/message/send", 200, ok)
        .on("GET /messages", 200, ok)
        .on("POST /webhooks", 201, ok);
    assertThat(cli.run("accounts:list")).isZero();
    assertThat(cli.run("account:status", "a")).isZero();
    assertThat(cli.run("account:create", "a")).isZero();
    assertThat(cli.run("account:delete", "a")).isZero();
    assertThat(cli.run("account:connect", "a")).isZero();
    assertThat(cli.run("account:disconnect", "a")).isZero();
    assertThat(cli.run("message:send", "a", "49@s.whatsapp.net", "it's; $(echo) \"quoted\""))
        .isZero();
    assertThat(cli.run("messages:all")).isZero();
    assertThat(cli.run("webhook:add", "https://example.org/hook")).isZero();
    assertThat(server.asked().stream().map(StubServer.Asked::body).filter(body -> !body.isEmpty()))
        .containsExactly(
            "{\"id\":\"a\",\"name\":\"a\"}",
            "{\"to\":\"49@s.whatsapp.net\",\"message\":\"it's; $(echo) \\\"quoted\\\"\"}",
            "{\"url\":\"https://example.org/hook\"}");
    assertThat(cli.out()).isEqualTo("{\n  \"ok\": true\n}\n".repeat(9));
  }

  @Test
  void anyFailureIsExitCodeOne() {
    server.on("GET /messages", 401, "{\"ok\":false,\"error\":\"a key is required\"}");
    assertThat(cli.run("messages:all")).isEqualTo(1);
    assertThat(cli.run("message:send", "a", "49")).isEqualTo(1);
    assertThat(cli.err())
        .isEqualTo("a key is required\nUsage: wildcat message:send <accountId> <to> <message>\n");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void createQrUsesAnAccountThatIsThereAndDrawsItsFirstCode() {
    server
        .on("POST /accounts", 400, "{\"ok\":false,\"error\":\"Account already exists\"}")
        .on("GET /accounts/a", 200, "{\"ok\":true,\"account\":{\"_id\":\"a\"}}")
        .on("POST /accounts/a/connect", 200, "{\"ok\":true}")
        .on(
            "GET /accounts/a/status",
            404,
            "{\"ok\":false,\"error\":\"Account not found or not started\"}")
        .on("GET /accounts/a/status", 200, "{\"ok\":true,\"status\":\"connecting\",\"qr\":\"2@x\"}")
        .onText("GET /v1/accounts/a/qr as text", "##\n##\n");
    assertThat(cli.run("account:create:qr", "a")).isZero();
    assertThat(cli.out()).isEqualTo("##\n##\n");
    assertThat(cli.err()).contains("Scan this QR with WhatsApp to link account: a");
  }

  @Test
  void createQrGivesUpAfterAMinute() {
    server
        .on("POST /accounts", 201, "{\"ok\":true}")
        .on("POST /accounts/a/connect", 200, "{\"ok\":true}")
        .on("GET /accounts/a/status", 200, "{\"ok\":true,\"status\":\"connecting\",\"qr\":null}");
    assertThat(cli.run("account:create:qr", "a")).isEqualTo(1);
    assertThat(cli.err()).contains("Timed out waiting for QR for a");
  }

  @Test
  void logsOfANameThatHasNoFileIsExitCodeOne() throws IOException {
    assertThat(cli.run("logs:baileys")).isEqualTo(1);
    Files.createDirectories(home.resolve(".logs"));
    assertThat(cli.err()).contains(home.resolve(".logs").toString());
  }
}
