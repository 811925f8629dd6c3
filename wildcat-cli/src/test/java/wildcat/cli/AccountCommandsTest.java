package wildcat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shapes are those of the predecessor's routes (Wildcat 2.0.0, managementRoutes.js, accountRouter.js).
class AccountCommandsTest {
  private static final String LIST =
      """
      {"ok":true,"accounts":[\
      {"id":"shop","name":"The shop","status":"connected","reason":"","since":"2026-11-04T10:00:00Z",\
      "until":null,"hasQr":false,"createdAt":"2026-11-04T09:49:25.526Z"},\
      {"id":"new","name":"new","status":"waiting_for_link","reason":"","since":"2026-11-05T00:00:01Z",\
      "until":null,"hasQr":true,"createdAt":"2026-11-05T00:00:00.000Z"}]}\
      """;

  @TempDir Path home;
  private StubServer server;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws IOException {
    server = new StubServer();
    cli = new CommandLineFixture(home).with("WILDCAT_URL", server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listIsATableForPeople() {
    server.on("GET /v1/accounts", 200, LIST);
    assertThat(cli.run("account", "list")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            ID    NAME      STATUS                       CREATED
            shop  The shop  connected                    2026-11-04T09:49:25.526Z
            new   new       waiting_for_link (QR waits)  2026-11-05T00:00:00.000Z
            """);
  }

  @Test
  void listWithJsonIsTheServersAnswer() {
    server.on("GET /v1/accounts", 200, "{\"ok\":true,\"accounts\":[],\"later\":{\"added\":[1]}}");
    assertThat(cli.run("account", "list", "--json")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            {
              "ok": true,
              "accounts": [],
              "later": {
                "added": [
                  1
                ]
              }
            }
            """);
  }

  @Test
  void emptyListSaysWhatToDoNext() {
    server.on("GET /v1/accounts", 200, "{\"ok\":true,\"accounts\":[]}");
    cli.run("account", "list");
    assertThat(cli.out()).contains("wildcat account create ID --qr");
  }

  @Test
  void coloursAreUsedOnlyWhereWanted() {
    server.on("GET /v1/accounts", 200, LIST);
    cli.coloured().run("account", "list");
    assertThat(cli.out()).contains("\u001b[32mconnected\u001b[0m                    2026");
  }

  @Test
  void escapeSequencesOfAForeignNameDoNotReachTheTerminal() {
    server.on(
        "GET /v1/accounts",
        200,
        "{\"accounts\":[{\"id\":\"a\",\"name\":\"\\u001b]0;owned\\u0007\\u009b2J\\u202eevil\",\"status\":\"connected\"}]}");
    cli.run("account", "list");
    assertThat(cli.out())
        .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e")
        .contains("]0;owned  2J evil");
    cli.run("account", "list", "--json");
    assertThat(cli.out()).doesNotContain("\u001b", "\u009b").contains("\\u001B]0;owned", "\\u009b");
  }

  @Test
  void createSendsIdAndName() {
    server.on("POST /accounts", 201, "{\"ok\":true,\"account\":{\"id\":\"shop\"}}");
    assertThat(cli.run("account", "create", "shop", "--name", "The shop")).isZero();
    assertThat(server.only().body()).isEqualTo("{\"id\":\"shop\",\"name\":\"The shop\"}");
    assertThat(cli.out()).contains("wildcat account qr shop");
  }

  @Test
  void idsCannotReachOtherRoutes() {
    cli.run("account", "status", "../accounts?x=/y#z");
    assertThat(server.only().line())
        .isEqualTo("GET /v1/accounts/..%2Faccounts%3Fx%3D%2Fy%23z/status");
  }

  @Test
  void theFourWaysToEndAConnectionAreFourRequests() {
    server
        .on("POST /accounts/a/connect", 200, "{\"ok\":true}")
        .on("POST /accounts/a/disconnect", 200, "{\"ok\":true}")
        .on("POST /v1/accounts/a/logout", 200, "{\"ok\":true}")
        .on("DELETE /accounts/a", 200, "{\"ok\":true}")
        .on("DELETE /accounts/a?purge=true", 200, "{\"ok\":true}");
    assertThat(cli.run("account", "connect", "a")).isZero();
    assertThat(cli.run("account", "disconnect", "a")).isZero();
    assertThat(cli.run("account", "logout", "a")).isZero();
    assertThat(cli.run("account", "delete", "a")).isZero();
    assertThat(cli.run("account", "delete", "a", "--purge")).isZero();
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void refusalGoesToStderrWithExitCodeOne() {
    server.on(
        "GET /v1/accounts/nobody",
        404,
        "{\"ok\":false,\"error\":\"Account not found\",\"code\":\"not_found\"}");
    assertThat(cli.run("account", "show", "nobody")).isEqualTo(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).isEqualTo("wildcat: Account not found (HTTP 404, not_found)\n");
  }

  @Test
  void showListsTheFields() {
    server.on(
        "GET /v1/accounts/a",
        200,
        "{\"ok\":true,\"account\":{\"_id\":\"a\",\"collectionName\":\"auth_a\",\"hasQR\":false}}");
    assertThat(cli.run("account", "show", "a")).isZero();
    assertThat(cli.out())
        .isEqualTo("_id             a\ncollectionName  auth_a\nhasQR           false\n");
  }

  @Test
  void statusTellsSinceWhenAndWhy() {
    server.on(
        "GET /v1/accounts/a/status",
        200,
        "{\"ok\":true,\"accountId\":\"a\",\"status\":\"banned\",\"reason\":\"spam\",\"since\":\"2026-11-04T10:00:00Z\","
            + "\"until\":\"2026-11-05T10:00:00Z\",\"hasQr\":false}");
    assertThat(cli.run("account", "status", "a")).isZero();
    assertThat(cli.out())
        .isEqualTo("a  banned since 2026-11-04T10:00:00Z until 2026-11-05T10:00:00Z: spam\n");
  }
}
