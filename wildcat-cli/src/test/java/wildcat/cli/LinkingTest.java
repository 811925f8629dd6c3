package wildcat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkingTest {
  private static final String STATUS = "GET /v1/accounts/shop/status";
  private static final String CODE = "GET /v1/accounts/shop/qr";
  private static final String PICTURE = "GET /v1/accounts/shop/qr as text";

  @TempDir Path home;
  private StubServer server;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws IOException {
    server = new StubServer();
    cli = new CommandLineFixture(home).with("WILDCAT_URL", server.url());
    server
        .on("POST /accounts", 201, "{\"ok\":true,\"account\":{\"id\":\"shop\"}}")
        .on("POST /accounts/shop/connect", 200, "{\"ok\":true}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static final String CONNECTING = status("connecting", false);
  private static final String WAITING = status("waiting_for_link", true);
  private static final String CONNECTED = status("connected", false);

  private static String status(String status, boolean hasQr) {
    return "{\"ok\":true,\"accountId\":\"shop\",\"status\":\"%s\",\"reason\":\"\",\"hasQr\":%s}"
        .formatted(status, hasQr);
  }

  private static String code(String text) {
    return "{\"ok\":true,\"accountId\":\"shop\",\"qr\":\"%s\",\"validForSeconds\":20}"
        .formatted(text);
  }

  @Test
  void createWithQrDrawsEachCodeOverTheOldOneUntilThePhoneHasScanned() {
    server
        .on(STATUS, 200, CONNECTING)
        .on(STATUS, 200, WAITING)
        .on(STATUS, 200, WAITING)
        .on(STATUS, 200, WAITING)
        .on(STATUS, 200, CONNECTED)
        .on(CODE, 200, code("2@first"))
        .on(CODE, 200, code("2@first"))
        .on(CODE, 200, code("2@second"))
        .onText(PICTURE, "##1\n##1\n")
        .onText(PICTURE, "##2\n##2\n");
    assertThat(cli.run("account", "create", "shop", "--qr")).isZero();
    assertThat(cli.out())
        .containsSubsequence(
            "##1\n##1\nOn the phone",
            "\u001b[3A\u001b[J##2\n##2\nOn the phone",
            "linked: shop is connected\n")
        .containsOnlyOnce("##1\n##1");
  }

  @Test
  void withoutATerminalCodesFollowEachOther() {
    server
        .on(STATUS, 200, WAITING)
        .on(STATUS, 200, WAITING)
        .on(STATUS, 200, CONNECTED)
        .on(CODE, 200, code("2@first"))
        .on(CODE, 200, code("2@second"))
        .onText(PICTURE, "##1\n")
        .onText(PICTURE, "##2\n");
    assertThat(cli.piped().run("account", "qr", "shop")).isZero();
    assertThat(cli.out()).doesNotContain("\u001b").containsSubsequence("##1", "##2");
  }

  @Test
  void forScriptsThereIsAJsonLineForEachStep() {
    server.on(STATUS, 200, WAITING).on(STATUS, 200, CONNECTED).on(CODE, 200, code("2@first"));
    assertThat(cli.run("account", "create", "shop", "--qr", "--json")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            {"event":"qr","accountId":"shop","qr":"2@first"}
            {"event":"linked","accountId":"shop","status":"connected"}
            """);
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void aPhoneThatNeverScansIsATimeout() {
    server.on(STATUS, 200, WAITING).on(CODE, 200, code("2@first")).onText(PICTURE, "##1\n");
    assertThat(cli.run("account", "create", "shop", "--qr", "--timeout", "5")).isEqualTo(5);
    assertThat(cli.err()).contains("no phone has scanned the code within 5 s");
  }

  @Test
  void aCodeThatIsGoneWhenItIsDrawnIsNoFailure() {
    server
        .on(STATUS, 200, WAITING)
        .on(STATUS, 200, CONNECTED)
        .on(CODE, 200, code("2@first"))
        .on(PICTURE, 404, "{\"ok\":false,\"error\":\"no code\"}");
    assertThat(cli.run("account", "qr", "shop")).isZero();
  }

  @Test
  void aBannedAccountEndsTheWaiting() {
    server.on(STATUS, 200, "{\"ok\":true,\"status\":\"banned\",\"reason\":\"too many strangers\"}");
    assertThat(cli.run("account", "qr", "shop")).isEqualTo(1);
    assertThat(cli.err()).contains("cannot be linked now: banned too many strangers");
  }

  @Test
  void onceOnlyPrintsTheCodeThatIsThere() {
    server.onText(PICTURE, "##1\n");
    assertThat(cli.run("account", "qr", "shop", "--once")).isZero();
    assertThat(cli.out()).isEqualTo("##1\n");
    assertThat(server.only().line()).isEqualTo("GET /v1/accounts/shop/qr");
  }

  @Test
  void aReasonWhyThereIsNoCodeIsSaidOnce() {
    var unreachable =
        "{\"ok\":true,\"status\":\"reconnecting\",\"reason\":\"cannot connect: web.whatsapp.com\",\"hasQr\":false}";
    server.on(STATUS, 200, unreachable).on(STATUS, 200, unreachable).on(STATUS, 200, CONNECTED);
    assertThat(cli.run("account", "qr", "shop")).isZero();
    assertThat(cli.err()).containsOnlyOnce("no code yet: cannot connect: web.whatsapp.com");
  }
}
