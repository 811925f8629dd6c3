package wildcat.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.server.Events;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Route;

class AccessTest {
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

  /// Every route there is: a new one is in this test by itself.
  private List<Route> routes() {
    return server.server().routes();
  }

  static List<Scope> scopes() {
    return List.of(Scope.values());
  }

  @Test
  void onlyHealthThePagesAndSigningInAreOpen() throws Exception {
    assertThat(routes().stream().filter(route -> route.scope().isEmpty()).map(Route::path))
        .containsOnly(
            "/ping",
            "/healthz",
            "/readyz",
            "/docs",
            "/docs/{file}",
            "/",
            "/dashboard/{file}",
            "/v1/session");
    for (Route route : routes()) {
      Answer answer = call(route, "mine", Map.of("X-Api-Key", ""));
      if (route.path().equals("/v1/session")) {
        assertThat(answer.text()).as("a stranger's session").doesNotContain("\"signedIn\":true");
      } else if (route.scope().isEmpty()) {
        assertThat(answer.status()).as(route.path()).isEqualTo(200);
      } else {
        assertThat(answer.status()).as(route.path()).isEqualTo(401);
        assertThat(answer.json().get("ok").booleanValue()).isFalse();
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
      }
    }
  }

  @Test
  void wrongKeysOpenNothing() throws Exception {
    String key = server.adminKey();
    char last = key.charAt(key.length() - 1);
    String mistyped = key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
    for (Map<String, String> headers :
        List.of(
            Map.of("Authorization", "Bearer " + mistyped),
            Map.of("Authorization", "Bearer"),
            Map.of("Authorization", "Bearer wc_"),
            Map.of("Authorization", "Basic " + key),
            Map.of("X-Api-Key", "x".repeat(5_000)),
            Map.of("X-Api-Key", key.toLowerCase(java.util.Locale.ROOT)))) {
      for (Route route : routes()) {
        if (route.scope().isPresent()) {
          assertThat(call(route, "mine", headers).status()).as(route.path()).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void aKeyInTheAddressOpensNothing() throws Exception {
    Answer answer =
        server.call(
            "GET",
            "/accounts?key=" + server.adminKey() + "&api_key=" + server.adminKey(),
            Optional.empty(),
            Map.of("X-Api-Key", ""));
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void bothHeadersWork() throws Exception {
    for (Map<String, String> headers :
        List.of(
            Map.of("Authorization", "Bearer " + server.adminKey()),
            Map.of("Authorization", "bearer  " + server.adminKey()),
            Map.of("X-Api-Key", server.adminKey()))) {
      assertThat(server.call("GET", "/accounts", Optional.empty(), headers).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void aKeyOpensTheRoutesOfItsScopeAndNoOthers(Scope scope) throws Exception {
    String key = server.newKey("{\"scopes\":[\"" + scope.wireName() + "\"]}");
    server.connected("mine");
    for (Route route : routes()) {
      boolean open =
          route.scope().isEmpty() || route.scope().get() == scope || scope == Scope.ADMIN;
      int status = call(route, "mine", Map.of("X-Api-Key", key)).status();
      if (open) {
        assertThat(status).as(route.method() + " " + route.path()).isNotIn(401, 403, 500);
      } else {
        assertThat(status).as(route.method() + " " + route.path()).isEqualTo(403);
      }
      if (route.path().endsWith("/accounts/{id}")
          && route.method() == Route.Method.DELETE
          && open) {
        server.connected("mine");
      }
    }
  }

  @Test
  void aKeyForOneAccountReachesNoOther() throws Exception {
    String key =
        server.newKey(
            "{\"scopes\":[\"read\",\"send\",\"manage\"],\"accounts\":[\"mine\",\"coming\"]}");
    server.connected("mine").receive(Events.message("49151@s.whatsapp.net", "M", "x", Origin.LIVE));
    server
        .connected("other")
        .receive(Events.message("49152@s.whatsapp.net", "O", "x", Origin.LIVE));
    var headers = Map.of("X-Api-Key", key);
    for (Route route : routes()) {
      if (route.path().contains("{id}")) {
        for (String account : List.of("other", "nobody", "%20")) {
          assertThat(call(route, account, headers).status()).as(route.path()).isEqualTo(403);
        }
      }
    }
    // what spans accounts shows only its own, or nothing
    assertThat(get("/accounts", headers).json().get("accounts")).hasSize(1);
    assertThat(get("/v1/accounts", headers).json().get("accounts")).hasSize(1);
    assertThat(get("/messages", headers).status()).isEqualTo(403);
    assertThat(get("/messages?accountId=other", headers).status()).isEqualTo(403);
    assertThat(get("/messages?accountId=mine", headers).json().get("messages")).hasSize(1);
    assertThat(get("/v1/events?limit=500", headers).json().get("events"))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.get("accountId").textValue()).isEqualTo("mine"));
    for (String path : List.of("/webhooks", "/v1/webhooks")) {
      assertThat(post(path, "{\"url\":\"http://h/\"}", headers).status()).isEqualTo(403);
    }
    assertThat(get("/v1/webhooks", headers).status()).isEqualTo(403);
    assertThat(post("/accounts", "{\"id\":\"third\"}", headers).status()).isEqualTo(403);
    assertThat(post("/accounts", "{\"id\":\"coming\"}", headers).status()).isEqualTo(201);
  }

  @Test
  void whoMayOnlyReadSeesNoCode() throws Exception {
    server.post("/accounts", "{\"id\":\"mine\"}");
    server.accounts.of("mine").show("2@secret-code", Duration.ofMinutes(1));
    String reader = server.newKey("{\"scopes\":[\"read\"]}");
    for (String path :
        List.of(
            "/accounts",
            "/accounts/mine",
            "/accounts/mine/status",
            "/v1/accounts/mine",
            "/v1/events")) {
      Answer answer = get(path, Map.of("X-Api-Key", reader));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).doesNotContain("secret-code");
    }
    assertThat(get("/v1/accounts/mine/qr", Map.of("X-Api-Key", reader)).status()).isEqualTo(403);
    assertThat(server.get("/accounts/mine/status").text()).contains("2@secret-code");
  }

  @Test
  void revokedAndExpiredKeysAreWorthNothing() throws Exception {
    var created = server.post("/v1/keys", "{\"expiresAt\":\"2026-11-04T10:00:00Z\"}").json();
    var headers = Map.of("X-Api-Key", created.get("key").textValue());
    assertThat(get("/accounts", headers).status()).isEqualTo(200);
    server.time.advance(Duration.ofHours(1));
    assertThat(get("/accounts", headers).status()).isEqualTo(401);

    created = server.post("/v1/keys", "{}").json();
    headers = Map.of("X-Api-Key", created.get("key").textValue());
    assertThat(get("/accounts", headers).status()).isEqualTo(200);
    String path = "/v1/keys/" + created.get("id").textValue();
    assertThat(server.delete(path).status()).isEqualTo(200);
    assertThat(get("/accounts", headers).status()).isEqualTo(401);
    assertThat(server.delete(path).status()).isEqualTo(404);
    server.restart();
    assertThat(get("/accounts", headers).status()).isEqualTo(401);
  }

  @Test
  void theFirstStartWritesAKeyThatOnlyItsOwnerMayRead() throws Exception {
    Path file = server.config.adminKeyFile();
    assertThat(Files.readString(file)).isEqualTo(server.adminKey() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    // the store has its hash only
    for (var row : server.store.records().all("keys").values()) {
      assertThat(row.utf8()).doesNotContain(server.adminKey().substring(12));
    }
    server.restart();
    assertThat(server.server().newAdminKey()).isEmpty();
    assertThat(server.get("/accounts").status()).isEqualTo(200);
    assertThat(Files.readString(file)).isEqualTo(server.adminKey() + "\n");
  }

  @Test
  void withoutKeysOnlyThisMachineIsServed() throws Exception {
    try (var open =
        new TestServer(folder.resolve("open"), Map.of("WILDCAT_INSECURE_NO_AUTH", "true"))) {
      assertThat(open.adminKey()).isEmpty();
      assertThat(Files.exists(open.config.adminKeyFile())).isFalse();
      assertThat(open.get("/accounts").status()).isEqualTo(200);
      // a page of another site, shown by a browser on this machine
      assertThat(
              open.call(
                      "POST",
                      "/accounts/a/connect",
                      Optional.empty(),
                      Map.of("Origin", "https://evil.example"))
                  .status())
          .isEqualTo(403);
      // the same by a name that resolves to this machine
      assertThat(
              open.raw("GET /accounts HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  private Answer get(String path, Map<String, String> headers) throws Exception {
    return server.call("GET", path, Optional.empty(), headers);
  }

  private Answer post(String path, String json, Map<String, String> headers) throws Exception {
    var all = new java.util.HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return server.call("POST", path, Optional.of(json), all);
  }

  private Answer call(Route route, String account, Map<String, String> headers) throws Exception {
    String path =
        route
            .path()
            .replace("{id}", account)
            .replace("{message}", "M")
            .replace("{chat}", "49151")
            .replace("{file}", route.path().startsWith("/docs") ? "docs.js" : "app.js")
            .replaceAll("\\{[a-z]+}", "unknown");
    return server.call(route.method().name(), path, Optional.empty(), headers);
  }
}
