package wildcat.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;

/// The dashboard's page, and the cookie that stands for a key.
class DashboardTest {
  private static final Map<String, String> FROM_OUR_PAGE = Map.of("X-Wildcat-Page", "1");

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

  private Answer withoutKey(
      String method, String path, Optional<String> body, Map<String, String> more)
      throws Exception {
    var headers = new HashMap<>(Map.of("X-Api-Key", ""));
    body.ifPresent(_ -> headers.put("Content-Type", "application/json"));
    headers.putAll(more);
    return server.call(method, path, body, headers);
  }

  private Answer signIn(String key) throws Exception {
    return withoutKey("POST", "/v1/session", Optional.of("{\"key\":\"" + key + "\"}"), Map.of());
  }

  private Map<String, String> cookie(Answer signedIn, Map<String, String> more) {
    var headers = new HashMap<>(more);
    String cookie = signedIn.header("Set-Cookie").orElseThrow();
    headers.put("Cookie", cookie.substring(0, cookie.indexOf(';')));
    return headers;
  }

  @Test
  void thePageAndAllThatItNamesComeFromHere() throws Exception {
    Answer page = withoutKey("GET", "/", Optional.empty(), Map.of());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    var named = Pattern.compile("/dashboard/[a-z.]+|\\./[a-z]+\\.js");
    var scripts = named.matcher(page.text() + text("/dashboard/app.js"));
    int found = 0;
    while (scripts.find()) {
      String path = scripts.group().replace("./", "/dashboard/");
      assertThat(withoutKey("GET", path, Optional.empty(), Map.of()).status())
          .as(path)
          .isEqualTo(200);
      assertThat(text(path)).as(path).doesNotContain("innerHTML");
      found++;
    }
    assertThat(found).isGreaterThan(7);
    assertThat(withoutKey("GET", "/dashboard/..%2Fx", Optional.empty(), Map.of()).status())
        .isIn(400, 404);
  }

  private String text(String path) throws Exception {
    return withoutKey("GET", path, Optional.empty(), Map.of()).text();
  }

  @Test
  void aKeyIsExchangedForACookieThatScriptsCannotRead() throws Exception {
    Answer before = withoutKey("GET", "/v1/session", Optional.empty(), Map.of());
    assertThat(before.json().get("signedIn").booleanValue()).isFalse();
    Answer signedIn = signIn(server.adminKey());
    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(signedIn.header("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain(server.adminKey());
    Answer accounts =
        withoutKey("GET", "/v1/accounts", Optional.empty(), cookie(signedIn, Map.of()));
    assertThat(accounts.status()).isEqualTo(200);
  }

  @Test
  void aWrongKeyGetsNoCookie() throws Exception {
    Answer refused = signIn("wc_wrong");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("Set-Cookie")).isEmpty();
  }

  @Test
  void withTheCookieOnlyOurPagesChangeAnything() throws Exception {
    Answer signedIn = signIn(server.adminKey());
    Optional<String> body = Optional.of("{\"id\":\"shop\"}");
    assertThat(withoutKey("POST", "/accounts", body, cookie(signedIn, Map.of())).status())
        .isEqualTo(403);
    assertThat(withoutKey("POST", "/accounts", body, cookie(signedIn, FROM_OUR_PAGE)).status())
        .isEqualTo(201);
  }

  @Test
  void aSessionEndsWithSigningOutWithTimeAndWithItsKey() throws Exception {
    Answer out = signIn(server.adminKey());
    withoutKey("DELETE", "/v1/session", Optional.empty(), cookie(out, FROM_OUR_PAGE));
    assertThat(status(out)).isEqualTo(401);

    Answer other = server.post("/v1/keys", "{\"name\":\"reader\",\"scopes\":[\"read\"]}");
    Answer reader = signIn(other.json().get("key").textValue());
    assertThat(status(reader)).isEqualTo(200);
    server.delete("/v1/keys/" + other.json().get("id").textValue());
    assertThat(status(reader)).isEqualTo(401);

    Answer late = signIn(server.adminKey());
    server.time.advance(Duration.ofHours(12));
    assertThat(status(late)).isEqualTo(401);
  }

  private int status(Answer signedIn) throws Exception {
    return withoutKey("GET", "/v1/accounts", Optional.empty(), cookie(signedIn, Map.of())).status();
  }

  @Test
  void aReadersSessionMayNotMakeKeys() throws Exception {
    Answer other = server.post("/v1/keys", "{\"name\":\"reader\",\"scopes\":[\"read\"]}");
    Answer reader = signIn(other.json().get("key").textValue());
    assertThat(
            withoutKey("POST", "/v1/keys", Optional.of("{}"), cookie(reader, FROM_OUR_PAGE))
                .status())
        .isEqualTo(403);
  }
}
