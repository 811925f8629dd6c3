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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.api.Json;
import wildcat.client.store.StoreFailed;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;

class HttpErrorsTest {
  private static final int MIB = 1 << 20;

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
  void anUnknownRouteIsJson() throws Exception {
    v1(server.get("/v1/nothing"), 404, "not_found");
    assertThat(server.get("/nothing").text())
        .isEqualTo("{\"ok\":false,\"error\":\"there is no such route\"}");
  }

  @Test
  void anotherMethodIsNamedWithThoseThereAre() throws Exception {
    Answer answer = server.call("PUT", "/v1/webhooks", Optional.empty(), Map.of());
    v1(answer, 405, "method_not_allowed");
    assertThat(answer.header("Allow").orElseThrow()).contains("GET").contains("POST");
    assertThat(server.call("TRACE", "/accounts", Optional.empty(), Map.of()).status())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "nonsense",
        "{\"a\":1,}",
        "{'a':1}",
        "[1]",
        "\"text\"",
        "5",
        "null",
        "{} {}",
        "{\"a\":\u0001}",
        "{\"id\":\"a\",\"id2\":NaN}"
      })
  void brokenJsonIsRefused(String body) throws Exception {
    v1(server.post("/v1/webhooks", body), 400, "bad_json");
    Answer legacy = server.post("/webhooks", body);
    assertThat(legacy.status()).isEqualTo(400);
    assertThat(legacy.json().get("ok").booleanValue()).isFalse();
    assertThat(legacy.json().has("code")).isFalse();
  }

  @Test
  void theAnswerToBrokenJsonQuotesNothing() throws Exception {
    assertThat(server.post("/v1/webhooks", "{\"url\": secret-token}").text())
        .doesNotContain("secret")
        .contains("line 1, column");
  }

  @Test
  void deepNestingIsRefusedAndNotFollowed() throws Exception {
    v1(server.post("/v1/webhooks", "{\"a\":" + "[".repeat(100_000)), 400, "bad_json");
  }

  @Test
  void aBodyAtTheLimitIsReadAndOneAboveIsNot() throws Exception {
    String frame = "{\"url\":\"http://h/\",\"x\":\"\"}";
    String fits = "{\"url\":\"http://h/\",\"x\":\"" + "x".repeat(MIB - frame.length()) + "\"}";
    assertThat(fits).hasSize(MIB);
    assertThat(server.post("/v1/webhooks", fits).status()).isEqualTo(201);
    v1(server.post("/v1/webhooks", fits + " "), 413, "body_too_large");
  }

  @Test
  void aChunkedBodyHasTheSameLimit() throws Exception {
    var head =
        "POST /v1/webhooks HTTP/1.1\r\nHost: h\r\nX-Api-Key: "
            + server.adminKey()
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
    assertThat(server.raw(head + chunk.repeat(17) + "0\r\n\r\n")).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void aBodyThatIsNotSaidToBeJsonIsRefusedWithAHint() throws Exception {
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", ""}) {
      Answer answer =
          server.call(
              "POST",
              "/v1/webhooks",
              Optional.of("{\"url\":\"http://h/\"}"),
              Map.of("Content-Type", type));
      v1(answer, 415, "unsupported_media_type");
      assertThat(answer.text()).contains("Content-Type: application/json");
    }
    assertThat(
            server
                .call(
                    "POST",
                    "/v1/webhooks",
                    Optional.of("{\"url\":\"http://h/\"}"),
                    Map.of("Content-Type", "Application/JSON ; charset=utf-8"))
                .status())
        .isEqualTo(201);
  }

  @Test
  void aCompressedBodyIsRefused() throws Exception {
    v1(
        server.call(
            "POST",
            "/v1/webhooks",
            Optional.of("x"),
            Map.of("Content-Type", "application/json", "Content-Encoding", "gzip")),
        415,
        "unsupported_encoding");
  }

  @Test
  void wrongTypesAreNamed() throws Exception {
    Answer answer = server.post("/v1/webhooks", "{\"url\":5}");
    v1(answer, 400, "wrong_type");
    assertThat(answer.text()).contains("the field url");
    assertThat(server.post("/v1/keys", "{\"scopes\":[\"read\",5]}").text())
        .contains("the field scopes.1");
    v1(server.post("/v1/keys", "{\"scopes\":\"read\"}"), 400, "wrong_type");
    v1(server.get("/v1/events?after=x"), 400, "bad_parameter");
    v1(server.get("/v1/events?limit=0"), 400, "bad_parameter");
    v1(server.get("/v1/events?limit=501"), 400, "bad_parameter");
  }

  @Test
  void theRequestIdIsTakenOrMade() throws Exception {
    Answer given =
        server.call("GET", "/v1/nothing", Optional.empty(), Map.of("X-Request-Id", "my-id:1"));
    assertThat(given.header("X-Request-Id")).contains("my-id:1");
    assertThat(given.json().get("requestId").textValue()).isEqualTo("my-id:1");
    Answer odd = server.call("GET", "/ping", Optional.empty(), Map.of("X-Request-Id", "a b\"<x>"));
    assertThat(odd.header("X-Request-Id").orElseThrow()).startsWith("req_");
    assertThat(server.get("/ping").header("X-Request-Id"))
        .isNotEqualTo(server.get("/ping").header("X-Request-Id"));
  }

  @Test
  void securityHeadersAreThere() throws Exception {
    Answer answer = server.get("/ping");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Server")).isEmpty();
  }

  @Test
  void aFailureOfOursTellsNothing() throws Exception {
    var one = server.connected("a");
    one.storeFailure = new StoreFailed.Unreadable("row 7 of secrets");
    Answer answer =
        server.post("/accounts/a/message/send", "{\"to\":\"49151111\",\"message\":\"x\"}");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).doesNotContain("row 7").doesNotContain("StoreFailed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /ping\r\n\r\n",
        "NONSENSE\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
      })
  void malformedRequestsAreNeverHtml(String request) throws Exception {
    String answer = server.raw(request);
    assertThat(answer).doesNotContain("<html").doesNotContain("\tat ").doesNotContain("Jetty");
    if (answer.startsWith("HTTP/1.1 ")) {
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertThat(Json.shared().readTree(body).get("ok").booleanValue()).isFalse();
    }
  }

  @Test
  void headersAboveTheLimitAreRefusedInJson() throws Exception {
    String answer =
        server.raw("GET /ping HTTP/1.1\r\nHost: h\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("{\"ok\":false");
  }

  @Test
  void aWebSocketIsRefusedInJson() throws Exception {
    String request =
        """
        GET /v1/events HTTP/1.1
        Host: h
        Upgrade: websocket
        Connection: Upgrade, close
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """;
    String answer = server.raw(request.replace("\n", "\r\n"));
    assertThat(answer)
        .startsWith("HTTP/1.1 404 ")
        .contains("{\"ok\":false")
        .doesNotContain("<html");
  }

  @Test
  void pathsThatClimbFindNothing() throws Exception {
    for (String path :
        new String[] {
          "/accounts/../v1/keys",
          "/accounts/%2e%2e/x",
          "/accounts/..%2fping",
          "//ping",
          "/accounts/a%00"
        }) {
      String answer =
          server.raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(answer)
          .as(path)
          .containsPattern("^HTTP/1.1 (400|401|404) ")
          .doesNotContain("<html");
    }
  }

  private static void v1(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    JsonNode json = answer.json();
    assertThat(json.get("ok").booleanValue()).isFalse();
    assertThat(json.get("code").textValue()).isEqualTo(code);
    assertThat(json.get("error").textValue()).isNotEmpty();
    assertThat(json.get("requestId").textValue())
        .isEqualTo(answer.header("X-Request-Id").orElseThrow());
    assertThat(json).hasSize(4);
  }
}
