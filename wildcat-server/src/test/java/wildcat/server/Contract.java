package wildcat.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import wildcat.api.Json;
import wildcat.server.TestServer.Answer;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.openapi.OpenApi;

/// Holds every answer of a test against the OpenAPI document: its status must be in it, its content type, and its JSON
/// must fit and have no field that the document does not know.
final class Contract {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Contract> KNOWN = new ConcurrentHashMap<>();

  private final List<Route> routes;
  private final ObjectNode document;
  private final ObjectNode components;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Contract(List<Route> routes, ObjectNode document) {
    this.routes = routes;
    this.document = document;
    this.components = document.get("components").deepCopy();
    components.get("schemas").forEach(Contract::close);
  }

  static Contract of(List<Route> routes) {
    ObjectNode document = OpenApi.of(routes, "test");
    return KNOWN.computeIfAbsent(document.toString(), _ -> new Contract(routes, document));
  }

  /// A field that is not described does not fit.
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
  }

  void check(String method, String pathAndQuery, Answer answer) {
    String path = pathAndQuery.split("[?#]", 2)[0];
    String call = method + " " + path + " -> " + answer.status();
    Optional<Route> route =
        routes.stream()
            .filter(known -> known.method().name().equals(method) && matches(known.path(), path))
            .min(
                Comparator.comparingLong(
                    known -> known.path().chars().filter(c -> c == '{').count()));
    if (route.isEmpty()) {
      if (answer.status() < 400) {
        throw new AssertionError(call + ": this route is not in the table");
      }
      return;
    }
    JsonNode responses =
        document
            .path("paths")
            .path(route.get().path())
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses");
    JsonNode response = responses.path(Integer.toString(answer.status()));
    if (response.isMissingNode()) {
      throw new AssertionError(
          call + " is not documented; " + route.get().path() + " says " + names(responses));
    }
    body(call, response.path("content"), answer);
  }

  private void body(String call, JsonNode contents, Answer answer) {
    if (contents.isMissingNode()) {
      if (answer.bytes().length() > 0) {
        throw new AssertionError(call + " has a body, and no body is documented");
      }
      return;
    }
    String type = answer.header("Content-Type").orElse("").split(";", 2)[0];
    JsonNode content = contents.path(type);
    if (content.isMissingNode() && contents.path("*/*").isMissingNode()) {
      throw new AssertionError(call + " is " + type + ", documented is " + names(contents));
    }
    if (content.has("schema")) {
      var errors = schema(content.get("schema").get("$ref").asText()).validate(answer.json());
      if (!errors.isEmpty()) {
        throw new AssertionError(call + " does not fit the document: " + errors);
      }
    }
  }

  private Schema schema(String reference) {
    return schemas.computeIfAbsent(
        reference,
        _ -> {
          ObjectNode root = JsonNodeFactory.instance.objectNode();
          root.put("$ref", reference).set("components", components);
          return REGISTRY.getSchema(root);
        });
  }

  private static String names(JsonNode object) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    object.fieldNames().forEachRemaining(names::add);
    return new String(Json.bytes(names), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static boolean matches(String template, String path) {
    String pattern =
        java.util.Arrays.stream(template.split("(?<=})|(?=\\{)"))
            .map(part -> part.startsWith("{") ? "[^/]+" : java.util.regex.Pattern.quote(part))
            .collect(java.util.stream.Collectors.joining());
    return path.matches(pattern + "/?");
  }
}
