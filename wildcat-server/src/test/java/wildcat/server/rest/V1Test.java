package wildcat.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.server.Events;
import wildcat.server.Eventually;
import wildcat.server.FakeAccounts;
import wildcat.server.Hook;
import wildcat.server.Hook.Behaviour;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;

class V1Test {
  private static final String CODE =
      "2@TxWYxvGeBdaFHgdpOQV4PnQ8FmsHqZdeT0o9/uX8kxBWR1FXmJ0vGX1cH9oE2qd3vG1lHq8nYqVvQw==,"
          + "jZ1qbyB1c2VyIGRhdGEgaW4gdGhpcyBxciBjb2RlIQ0=,aW50ZXJlc3RpbmcgdG8gcmVhZCB0aGlzIQ0=,"
          + "c2VjcmV0IGFkdiBrZXkgb2YgMzIgYnl0ZXM=,1";

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
  void anAccountIsShownWithItsStatus() throws Exception {
    server.post("/accounts", "{\"id\":\"a\",\"name\":\"A\"}");
    server.accounts.of("a").become(Status.BANNED, "too many messages");
    assertThat(server.get("/v1/accounts/a").text())
        .isEqualTo(
            "{\"ok\":true,\"account\":{\"id\":\"a\",\"name\":\"A\",\"status\":\"banned\","
                + "\"reason\":\"too many messages\",\"since\":\"2026-11-04T09:49:25.526Z\","
                + "\"until\":null,\"hasQr\":false,\"createdAt\":\"2026-11-04T09:49:25.526Z\"}}");
    assertThat(server.get("/v1/accounts/a/status").text())
        .isEqualTo(
            "{\"ok\":true,\"accountId\":\"a\",\"status\":\"banned\",\"reason\":\"too many messages\","
                + "\"since\":\"2026-11-04T09:49:25.526Z\",\"until\":null,\"hasQr\":false}");
    assertThat(server.get("/v1/accounts").json().get("accounts")).hasSize(1);
    failed(server.get("/v1/accounts/nobody"), 404, "account_not_found");
    failed(server.get("/v1/accounts/%20/status"), 404, "account_not_found");
  }

  @Test
  void disconnectKeepsTheLinkAndLogoutDoesNot() throws Exception {
    FakeAccounts.One one = server.connected("a");
    assertThat(server.post("/v1/accounts/a/disconnect").status()).isEqualTo(200);
    assertThat(one.logouts).hasValue(0);
    failed(server.post("/v1/accounts/a/logout"), 409, "not_started");
    assertThat(server.post("/v1/accounts/a/connect").json().get("status").textValue())
        .isEqualTo("connected");
    assertThat(server.post("/v1/accounts/a/logout").text()).isEqualTo("{\"ok\":true}");
    assertThat(server.get("/v1/accounts/a/status").json().get("status").textValue())
        .isEqualTo("logged_out");
    failed(server.post("/v1/accounts/a/logout"), 503, "not_connected");
    failed(server.post("/v1/accounts/nobody/logout"), 404, "account_not_found");
  }

  @Test
  void theCodeComesAsJson() throws Exception {
    waiting();
    server.time.advance(Duration.ofMillis(1_500));
    Answer answer = server.get("/v1/accounts/a/qr");
    assertThat(answer.json().get("qr").textValue()).isEqualTo(CODE);
    assertThat(answer.json().get("validForSeconds").intValue()).isEqualTo(58);
    assertThat(answer.json().get("validUntil").textValue()).isEqualTo("2026-11-04T09:50:25.526Z");
    assertThat(answer.json().get("accountId").textValue()).isEqualTo("a");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void theCodeComesAsPng() throws Exception {
    waiting();
    Answer answer = qr("image/png");
    assertThat(answer.header("Content-Type")).contains("image/png");
    assertThat(answer.header("X-Valid-For-Seconds")).contains("60");
    var image = ImageIO.read(new ByteArrayInputStream(answer.bytes().toArray()));
    int side = image.getWidth();
    int[] pixels = image.getRGB(0, 0, side, side, null, 0, side);
    var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
    assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(CODE);
  }

  @Test
  void theCodeComesAsSvgAndText() throws Exception {
    waiting();
    Answer svg = qr("image/svg+xml");
    assertThat(svg.header("Content-Type")).contains("image/svg+xml");
    assertThat(svg.text()).startsWith("<svg ").endsWith("</svg>\n");
    Answer text = qr("text/plain");
    assertThat(text.header("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(text.text()).startsWith("\u2588\u2588\u2588").doesNotContain("<");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | application/json",
        "text/html,application/xhtml+xml,image/png,*/*;q=0.8 | image/png",
        "image/* | image/png",
        "text/* | text/plain",
        "application/json, image/png | application/json",
        "IMAGE/SVG+XML;q=0.9 | image/svg+xml"
      })
  void theFirstFormThatIsAcceptedAndKnownIsTaken(String accept, String type) throws Exception {
    waiting();
    assertThat(qr(accept).header("Content-Type").orElseThrow()).startsWith(type);
  }

  @Test
  void whereThereIsNoCodeTheReasonHasACode() throws Exception {
    failed(server.get("/v1/accounts/nobody/qr"), 404, "account_not_found");
    server.post("/accounts", "{\"id\":\"a\"}");
    Answer soon = server.get("/v1/accounts/a/qr");
    failed(soon, 409, "no_code_yet");
    assertThat(soon.header("Retry-After")).contains("1");
    server.accounts.of("a").link();
    failed(server.get("/v1/accounts/a/qr"), 409, "already_linked");
    server.accounts.of("a").become(Status.LOGGED_OUT);
    failed(server.get("/v1/accounts/a/qr"), 409, "not_linking");
    server.post("/v1/accounts/a/disconnect");
    failed(server.get("/v1/accounts/a/qr"), 409, "not_linking");
    waiting();
    failed(qr("video/mp4"), 406, "not_acceptable");
  }

  @Test
  void keysAreMadeListedAndShownOnce() throws Exception {
    Answer made =
        server.post(
            "/v1/keys",
            "{\"name\":\"n8n\",\"scopes\":[\"send\",\"read\"],\"accounts\":[\"b\",\"a\"],"
                + "\"expiresAt\":\"2027-01-31T01:00:00+01:00\"}");
    assertThat(made.status()).isEqualTo(201);
    JsonNode key = made.json();
    assertThat(key.get("key").textValue()).matches("wc_[A-Za-z0-9]{8}_[A-Za-z0-9]{49}");
    assertThat(key.get("scopes").toString()).isEqualTo("[\"read\",\"send\"]");
    assertThat(key.get("accounts").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(key.get("expiresAt").textValue()).isEqualTo("2027-01-31T00:00:00.000Z");
    Answer list = server.get("/v1/keys");
    assertThat(list.text()).doesNotContain(key.get("key").textValue()).doesNotContain("sha256");
    assertThat(list.json().get("keys")).hasSize(2);
    JsonNode admin = list.json().get("keys").get(0);
    if (!admin.get("name").textValue().equals("administrator")) {
      admin = list.json().get("keys").get(1);
    }
    assertThat(admin.get("lastUsedAt").textValue()).isEqualTo("2026-11-04T09:49:25.526Z");
    assertThat(admin.get("accounts").isNull()).isTrue();
    assertThat(server.post("/v1/keys", "{}").json().get("scopes").toString())
        .isEqualTo("[\"read\",\"send\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'scopes':[]}",
        "{'scopes':['root']}",
        "{'scopes':['admin'],'accounts':['a']}",
        "{'accounts':[]}",
        "{'accounts':['a b']}",
        "{'expiresAt':'tomorrow'}",
      })
  void keysThatMakeNoSenseAreRefused(String body) throws Exception {
    failed(server.post("/v1/keys", body.replace('\'', '"')), 400, "invalid");
  }

  @Test
  void aWebhookIsMadeWithASecretThatIsShownOnce() throws Exception {
    Answer made =
        server.post(
            "/v1/webhooks",
            "{\"url\":\"https://user:pass@example.org/hook?token=1\",\"events\":[\"message.*\"]}");
    assertThat(made.status()).isEqualTo(201);
    JsonNode webhook = made.json();
    assertThat(webhook.get("secret").textValue()).startsWith("whsec_");
    assertThat(webhook.get("url").textValue()).isEqualTo("https://example.org/hook");
    Answer list = server.get("/v1/webhooks");
    assertThat(list.text()).doesNotContain("whsec_").doesNotContain("pass").doesNotContain("token");
    String path = "/v1/webhooks/" + webhook.get("id").textValue();
    assertThat(server.get(path).json().get("webhook").get("events").toString())
        .isEqualTo("[\"message.*\"]");
    assertThat(server.delete(path).text()).isEqualTo("{\"ok\":true}");
    failed(server.delete(path), 404, "webhook_not_found");
    failed(server.get(path), 404, "webhook_not_found");
    failed(server.post("/v1/webhooks", "{}"), 400, "invalid");
    failed(server.post("/v1/webhooks", "{\"url\":\"foo\"}"), 400, "invalid");
    failed(
        server.post("/v1/webhooks", "{\"url\":\"http://h\",\"events\":[\"nothing.*\"]}"),
        400,
        "invalid");
  }

  @Test
  void aWebhookHearsOfMessagesAndOneThatIsGoneCanBeUsedAgain() throws Exception {
    try (var hook = new Hook()) {
      JsonNode webhook =
          server
              .post(
                  "/v1/webhooks",
                  "{\"url\":\"" + hook.url("/") + "\",\"events\":[\"message.received\"]}")
              .json();
      FakeAccounts.One one = server.connected("a");
      one.receive(Events.message("49151@s.whatsapp.net", "M1", "Hello!", Origin.LIVE));
      assertThat(hook.next().body()).contains("\"messageId\":\"M1\"");

      String path = "/v1/webhooks/" + webhook.get("id").textValue();
      hook.behave(Behaviour.GONE);
      one.receive(Events.message("49151@s.whatsapp.net", "M2", "x", Origin.LIVE));
      hook.next();
      Eventually.until(
          "disabled",
          () ->
              server.get(path).json().get("webhook").get("status").textValue().equals("disabled"));
      JsonNode view = server.get(path).json().get("webhook");
      assertThat(view.get("reason").textValue()).contains("410");
      assertThat(view.get("pending").intValue()).isEqualTo(1);
      hook.behave(Behaviour.OK);
      assertThat(server.post(path + "/enable").json().get("webhook").get("status").textValue())
          .isEqualTo("active");
      assertThat(hook.next().body()).contains("\"messageId\":\"M2\"");
    }
  }

  @Test
  void aLegacyWebhookGetsOnlyWhatThePredecessorSent() throws Exception {
    try (var hook = new Hook()) {
      server.post("/webhooks", "{\"url\":\"" + hook.url("/") + "\"}");
      FakeAccounts.One one = server.connected("a"); // account events are not for it
      server.post("/accounts/a/message/send", "{\"to\":\"49151111\",\"message\":\"by API\"}");
      one.receive(Events.message("49151111@s.whatsapp.net", "M1", "typed", Origin.OTHER_DEVICE));
      one.receive(Events.message("49151111@s.whatsapp.net", "M2", "incoming", Origin.OFFLINE));
      assertThat(hook.next().body()).contains("\"text\":\"typed\"").contains("\"fromMe\":true");
      assertThat(hook.next().body()).contains("\"text\":\"incoming\"");
      assertThat(hook.all()).hasSize(2);
    }
  }

  @Test
  void eventsArePulledWithoutAGap() throws Exception {
    FakeAccounts.One one = server.connected("a");
    for (int i = 0; i < 5; i++) {
      one.receive(Events.message("49151@s.whatsapp.net", "M" + i, "x", Origin.LIVE));
    }
    var seen = new ArrayList<String>();
    long after = 0;
    while (true) {
      JsonNode page = server.get("/v1/events?limit=2&after=" + after).json();
      for (JsonNode event : page.get("events")) {
        assertThat(event.get("sequence").longValue()).isGreaterThan(after);
        seen.add(event.get("event").textValue());
      }
      if (page.get("events").isEmpty()) {
        assertThat(page.get("nextAfter").longValue()).isEqualTo(after);
        break;
      }
      after = page.get("nextAfter").longValue();
    }
    assertThat(seen)
        .containsExactly(
            "account.status",
            "message.received",
            "message.received",
            "message.received",
            "message.received",
            "message.received");
  }

  @Test
  void readyFollowsTheStore() throws Exception {
    var broken = new AtomicBoolean();
    try (var other =
        new TestServer(
            folder.resolve("other"), Map.of(), store -> new BreakableStore(store, broken))) {
      assertThat(other.get("/readyz").text()).isEqualTo("{\"ok\":true,\"status\":\"up\"}");
      broken.set(true);
      assertThat(other.get("/readyz").text()).isEqualTo("{\"ok\":false,\"status\":\"down\"}");
      assertThat(other.get("/readyz").status()).isEqualTo(503);
      assertThat(other.get("/healthz").text()).isEqualTo("{\"ok\":true,\"status\":\"up\"}");
      broken.set(false);
      assertThat(other.get("/readyz").status()).isEqualTo(200);
    }
  }

  private void waiting() throws Exception {
    server.post("/accounts", "{\"id\":\"a\"}");
    server.post("/v1/accounts/a/connect");
    server.accounts.of("a").show(CODE, Duration.ofSeconds(60));
  }

  private Answer qr(String accept) throws Exception {
    return server.call("GET", "/v1/accounts/a/qr", Optional.empty(), Map.of("Accept", accept));
  }

  private static void failed(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().get("code").textValue()).isEqualTo(code);
  }
}
