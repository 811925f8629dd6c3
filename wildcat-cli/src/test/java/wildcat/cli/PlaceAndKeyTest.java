package wildcat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the server is and which key is sent to it.
class PlaceAndKeyTest {
  private static final String KEY = "wc_0001_secret";

  @TempDir Path home;
  private StubServer server;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws IOException {
    server = new StubServer();
    server.on("GET /v1/accounts", 200, "{\"ok\":true,\"accounts\":[]}");
    cli = new CommandLineFixture(home);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void keyFile(String path, String content) throws IOException {
    var file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void onTheServersMachineItsKeyFileIsUsed() throws IOException {
    keyFile("data/admin.key", KEY + "\n");
    assertThat(cli.with("PORT", Integer.toString(server.port())).run("account", "list")).isZero();
    assertThat(server.only().header("Authorization")).hasValue("Bearer " + KEY);
  }

  @Test
  void theServersEnvFileIsReadForPortAndDataFolder() throws IOException {
    keyFile("elsewhere/admin.key", KEY);
    Files.writeString(
        home.resolve(".env"),
        "# ours\nexport PORT=\"" + server.port() + "\" \nWILDCAT_DATA=elsewhere # not data\n");
    assertThat(cli.run("account", "list")).isZero();
    assertThat(server.only().header("Authorization")).hasValue("Bearer " + KEY);
  }

  @Test
  void optionsComeBeforeVariablesAndVariablesBeforeTheFile() throws IOException {
    keyFile("data/admin.key", KEY);
    cli.with("BASE_URL", "http://127.0.0.1:1").with("WILDCAT_KEY", "wc_from_variable");
    cli.run("account", "list", "--url", server.url() + "/");
    cli.run("account", "list", "--url", server.url(), "--key", "wc_from_option");
    assertThat(server.asked().stream().map(asked -> asked.header("Authorization").orElseThrow()))
        .containsExactly("Bearer wc_from_variable", "Bearer wc_from_option");
  }

  @Test
  void thePredecessorsVariableNamesTheServer() {
    assertThat(cli.with("BASE_URL", server.url()).run("account", "list")).isZero();
    assertThat(server.only().header("Authorization")).isEmpty();
  }

  @Test
  void aKeyFoundInAFileIsNotSentToAnotherMachine() throws IOException {
    keyFile("data/admin.key", KEY);
    var finding =
        new wildcat.cli.rest.Finding(wildcat.cli.rest.Settings.read(java.util.Map.of(), home));
    assertThat(finding)
        .satisfies(found -> {
          assertThat(
                  found
                      .find(
                          java.util.Optional.of("http://wildcat.example.org:3000"),
                          java.util.Optional.empty())
                      .key())
              .isEmpty();
          assertThat(
                  found
                      .find(
                          java.util.Optional.of("http://localhost.example.org"),
                          java.util.Optional.empty())
                      .key())
              .isEmpty();
          assertThat(
                  found
                      .find(
                          java.util.Optional.of("http://127.0.0.1:3000"),
                          java.util.Optional.empty())
                      .key())
              .isPresent();
        });
  }

  @Test
  void aMissingKeyIsExitCodeFourAndSaysWhereItWasLookedFor() throws IOException {
    server.on(
        "GET /messages?limit=50",
        401,
        "{\"ok\":false,\"error\":\"a key is required\",\"code\":\"unauthorized\"}");
    assertThat(cli.with("WILDCAT_URL", server.url()).run("messages")).isEqualTo(4);
    assertThat(cli.err())
        .contains("a key is required", "WILDCAT_KEY", home.resolve("data/admin.key").toString());
  }

  @Test
  void aKeyThatIsNotEnoughIsExitCodeFour() {
    server.on(
        "GET /messages?limit=50",
        403,
        "{\"ok\":false,\"error\":\"this needs a key with the scope read\",\"code\":\"forbidden\"}");
    assertThat(cli.with("WILDCAT_URL", server.url()).run("messages")).isEqualTo(4);
    assertThat(cli.err())
        .isEqualTo("wildcat: this needs a key with the scope read (HTTP 403, forbidden)\n");
  }

  @Test
  void aRefusedKeyIsNotPrinted() {
    server.on("GET /messages?limit=50", 401, "{\"ok\":false,\"error\":\"unknown key\"}");
    cli.with("WILDCAT_URL", server.url()).with("WILDCAT_KEY", KEY).run("messages");
    assertThat(cli.err()).doesNotContain(KEY);
    assertThat(server.only().line()).doesNotContain(KEY);
  }

  @Test
  void aKeyWithALineBreakIsNotSent() {
    cli.with("WILDCAT_URL", server.url()).with("WILDCAT_KEY", "wc_1\r\nX-Evil: 1");
    assertThat(cli.run("account", "list")).isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aRedirectIsNotFollowedWithTheKey() {
    server.on("GET /messages?limit=50", 302, "{\"ok\":true}");
    assertThat(cli.with("WILDCAT_URL", server.url()).run("messages")).isEqualTo(3);
    assertThat(cli.err()).contains("no Wildcat server (HTTP 302");
  }

  @Test
  void somethingElseAtTheAddressIsNamedAsSuch() {
    server.onText("GET /messages?limit=50", "<html>nginx</html>");
    assertThat(cli.with("WILDCAT_URL", server.url()).run("messages")).isEqualTo(3);
    assertThat(cli.err()).contains("is no Wildcat server (HTTP 200");
  }

  @Test
  void noServerIsExitCodeThreeAndSaysHowToStartOne() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(cli.run("ping", "--url", "http://127.0.0.1:" + port)).isEqualTo(3);
    assertThat(cli.err())
        .contains("no server answers at http://127.0.0.1:" + port, "wildcat serve");
  }

  @Test
  void anAddressThatCannotBeOneIsWrongUsage() {
    assertThat(cli.run("ping", "--url", "localhost:3000")).isEqualTo(2);
    assertThat(cli.run("ping", "--url", "http://user:secret@localhost")).isEqualTo(2);
    assertThat(cli.err()).contains("http://localhost:3000").doesNotContain("secret@");
  }
}
