package wildcat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir Path home;

  private CommandLineFixture cli() {
    return new CommandLineFixture(home);
  }

  @Test
  void withoutArgumentsThereIsHelp() {
    var cli = cli();
    assertThat(cli.run()).isZero();
    assertThat(cli.out()).contains("serve", "simulate", "demo", "account", "Exit codes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help",
        "--help",
        "help account",
        "account --help",
        "account create --help",
        "help serve"
      })
  void helpIsOnStdoutAndNoError(String line) {
    var cli = cli();
    assertThat(cli.run(line.split(" "))).isZero();
    assertThat(cli.out()).contains("Usage: wildcat");
    assertThat(cli.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "account",
        "account nonsense",
        "account create",
        "message send a b",
        "ping --nonsense",
        "demo"
      })
  void wrongUsageIsExitCodeTwoOnStderr(String line) {
    var cli = cli();
    assertThat(cli.run(line.split(" "))).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("wildcat: ").contains("try: wildcat help");
  }

  @Test
  void versionIsThatOfTheBuild() {
    var cli = cli();
    assertThat(cli.run("version")).isZero();
    assertThat(cli.out()).matches("wildcat \\d+\\.\\d+\\.\\d+.*\n");
  }

  @Test
  void keysAndWebhooksSpeakTheirRoutes() throws IOException {
    try (var server = new StubServer()) {
      server
          .on(
              "GET /v1/keys",
              200,
              "{\"ok\":true,\"keys\":[{\"id\":\"k1\",\"name\":\"bot\",\"scopes\":[\"read\",\"send\"],\"accounts\":[],\"expiresAt\":null}]}")
          .on("POST /v1/keys", 201, "{\"ok\":true,\"id\":\"k2\",\"key\":\"wc_k2_abc\"}")
          .on("DELETE /v1/keys/k1", 200, "{\"ok\":true}")
          .on(
              "GET /v1/webhooks",
              200,
              "{\"ok\":true,\"webhooks\":[{\"id\":\"w1\",\"url\":\"https://example.org/\",\"status\":\"active\",\"pending\":3}]}")
          .on(
              "POST /v1/webhooks",
              201,
              "{\"ok\":true,\"secret\":\"whsec_x\",\"id\":\"w1\",\"url\":\"https://example.org/\"}")
          .on("POST /v1/webhooks/w1/enable", 200, "{\"ok\":true}")
          .on("DELETE /v1/webhooks/w1", 200, "{\"ok\":true}");
      var cli = cli().with("WILDCAT_URL", server.url());
      assertThat(cli.run("key", "list")).isZero();
      assertThat(cli.run("key", "create", "bot", "--scope", "send", "--account", "a,b")).isZero();
      assertThat(cli.run("key", "revoke", "k1")).isZero();
      assertThat(cli.run("webhook", "list")).isZero();
      assertThat(cli.run("webhook", "add", "https://example.org/", "--event", "message.*"))
          .isZero();
      assertThat(cli.run("webhook", "enable", "w1")).isZero();
      assertThat(cli.run("webhook", "remove", "w1")).isZero();
      assertThat(cli.out())
          .contains(
              "k1  bot   read,send  all       never",
              "wc_k2_abc\n",
              "w1  https://example.org/  active  3",
              "added https://example.org/ as w1",
              "whsec_x\n");
      assertThat(server.asked().get(1).body())
          .isEqualTo("{\"name\":\"bot\",\"scopes\":[\"send\"],\"accounts\":[\"a\",\"b\"]}");
      assertThat(server.asked().get(4).body())
          .isEqualTo("{\"url\":\"https://example.org/\",\"events\":[\"message.*\"]}");
    }
  }
}
