package wildcat.server.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;
import wildcat.server.rest.http.Route;

class OpenApiTest {
  @TempDir Path folder;
  private TestServer server;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
  OpenApiTest() {}

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void everyRouteSaysWhatItIsForAndHowItSucceeds() {
    var undeclared = new ArrayList<String>();
    for (Route route : server.server().routes()) {
      boolean succeeds = route.doc().replies().stream().anyMatch(reply -> reply.status() < 400);
      if (route.doc().summary().isEmpty() || !succeeds) {
        undeclared.add(route.method() + " " + route.path());
      }
    }
    assertThat(undeclared).as("routes without .says(Doc...), see docs/api.md").isEmpty();
  }

  @Test
  void everyRouteIsInTheServedDocumentAndNothingElse() throws Exception {
    JsonNode paths = server.get("/openapi.json").json().get("paths");
    var documented = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            server.server().routes().stream()
                .map(route -> route.method() + " " + route.path())
                .toList());
  }

  @Test
  void operationsHaveIdsOfTheirOwnAndEveryReferenceLeadsSomewhere() throws Exception {
    JsonNode document = server.get("/openapi.json").json();
    List<String> ids = document.get("paths").findValuesAsText("operationId");
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    assertThat(OpenApi.isWhole(document)).isTrue();
    assertThat(document.get("openapi").textValue()).isEqualTo("3.1.0");
  }

  @Test
  void parametersOfAPathAreDeclaredAndKeysDemanded() throws Exception {
    JsonNode document = server.get("/openapi.json").json();
    JsonNode operation = document.at("/paths/~1v1~1accounts~1{id}~1status/get");
    assertThat(operation.get("parameters").get(0).get("name").textValue()).isEqualTo("id");
    assertThat(operation.get("parameters").get(0).get("required").booleanValue()).isTrue();
    assertThat(operation.get("responses").has("401")).isTrue();
    assertThat(operation.has("security")).isFalse();
    assertThat(document.at("/paths/~1healthz/get/security").isEmpty()).isTrue();
  }

  @Test
  void whatMayBeNullOrAbsentIsSaidSo() throws Exception {
    JsonNode schemas = server.get("/openapi.json").json().at("/components/schemas");
    JsonNode view = schemas.get("AccountView");
    assertThat(view.at("/properties/until/type").toString()).isEqualTo("[\"string\",\"null\"]");
    assertThat(view.at("/properties/createdAt/format").textValue()).isEqualTo("date-time");
    assertThat(view.get("required").toString()).contains("\"until\"");
    assertThat(schemas.at("/NewWebhook/required").toString()).isEqualTo("[\"url\"]");
    assertThat(schemas.at("/LegacyFailure/required").toString())
        .isEqualTo("[\"ok\",\"error\"]"); // status is left out where there is none
  }

  @Test
  void theDocumentNeedsAKeyAndThePagesDoNot() throws Exception {
    Map<String, String> stranger = Map.of("Authorization", "");
    assertThat(server.call("GET", "/openapi.json", Optional.empty(), stranger).status())
        .isEqualTo(401);
    Answer page = server.call("GET", "/docs", Optional.empty(), stranger);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    var parts = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text());
    int found = 0;
    while (parts.find()) {
      if (!parts.group(1).startsWith("data:")) {
        assertThat(parts.group(1)).startsWith("/docs/"); // nothing from elsewhere
        Answer part = server.call("GET", parts.group(1), Optional.empty(), stranger);
        assertThat(part.status()).as(parts.group(1)).isEqualTo(200);
        assertThat(part.bytes().length()).isPositive();
        found++;
      }
    }
    assertThat(found).isEqualTo(4);
    assertThat(page.text()).doesNotContain("<style").doesNotContain("<script>");
    assertThat(server.call("GET", "/docs/pom.properties", Optional.empty(), stranger).status())
        .isEqualTo(404);
    assertThat(server.call("GET", "/docs/..%2Fdocs.js", Optional.empty(), stranger).status())
        .isIn(400, 404);
  }
}
