package wildcat.server.rest.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import wildcat.api.legacy.Failure;
import wildcat.api.v1.Problem;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.openapi.Schemas.Way;

/// The OpenAPI 3.1 document of a table of routes.
public final class OpenApi {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private final Schemas schemas = new Schemas();
  private final ObjectNode root = NODES.objectNode();

  private OpenApi() {}

  /// @throws IllegalArgumentException a shape cannot be described: a bug
  public static ObjectNode of(List<Route> routes, String version) {
    var document = new OpenApi();
    document.head(version);
    ObjectNode paths = document.root.putObject("paths");
    var tags = new TreeSet<String>();
    routes.stream()
        .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
        .forEach(route -> {
          tags.add(tag(route));
          paths
              .withObjectProperty(route.path())
              .set(route.method().name().toLowerCase(Locale.ROOT), document.operation(route));
        });
    ArrayNode groups = document.root.putArray("tags");
    tags.forEach(name -> groups.addObject().put("name", name));
    document.components();
    return document.root;
  }

  private void head(String version) {
    root.put("openapi", "3.1.0");
    ObjectNode info = root.putObject("info");
    info.put("title", "Wildcat");
    info.put("version", version);
    info.put(
        "description",
        "WhatsApp over HTTP. The routes under `/v1` are those to use; the others are those of Wildcat 2, for clients"
            + " that know them. Fields are only ever added.");
    info.putObject("license").put("name", "GPL-3.0-only").put("identifier", "GPL-3.0-only");
    root.putArray("servers").addObject().put("url", "/");
    ArrayNode security = root.putArray("security");
    security.addObject().putArray("bearer");
    security.addObject().putArray("apiKey");
  }

  private void components() {
    ObjectNode components = root.putObject("components");
    components.set("schemas", schemas.components());
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    schemes.putObject("apiKey").put("type", "apiKey").put("in", "header").put("name", "X-Api-Key");
  }

  private ObjectNode operation(Route route) {
    Doc doc = route.doc();
    ObjectNode operation = NODES.objectNode();
    operation.putArray("tags").add(tag(route));
    operation.put("summary", doc.summary());
    String scope =
        route
            .scope()
            .map(needed -> "Needs a key with the scope `" + needed.wireName() + "`.")
            .orElse("Needs no key.");
    operation.put("description", doc.text().isEmpty() ? scope : doc.text() + "\n\n" + scope);
    operation.put("operationId", operationId(route));
    if (route.scope().isEmpty()) {
      operation.putArray("security");
    }
    ArrayNode parameters = parameters(route);
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (!doc.bodies().isEmpty()) {
      ObjectNode body = operation.putObject("requestBody");
      body.put("required", doc.bodyRequired());
      content(body.putObject("content"), doc.bodies(), Way.REQUEST);
    }
    operation.set("responses", responses(route));
    return operation;
  }

  private ObjectNode responses(Route route) {
    ObjectNode responses = NODES.objectNode();
    for (Doc.Reply reply : route.doc().replies()) {
      ObjectNode response = responses.putObject(Integer.toString(reply.status()));
      response.put("description", reply.status() == 201 ? "Created" : "Done");
      if (!reply.contents().isEmpty()) {
        content(response.putObject("content"), reply.contents(), Way.ANSWER);
      }
    }
    ObjectNode failure =
        schemas.reference(route.isV1() ? Problem.class : Failure.class, Way.ANSWER);
    for (int status : failures(route)) {
      String code = Integer.toString(status);
      if (!responses.has(code)) {
        ObjectNode response = responses.putObject(code);
        response.put("description", meaning(status));
        response.putObject("content").putObject(Doc.JSON).set("schema", failure.deepCopy());
      }
    }
    return responses;
  }

  private static Set<Integer> failures(Route route) {
    var statuses = new TreeSet<>(route.doc().failures());
    statuses.addAll(List.of(400, 500));
    if (route.scope().isPresent()) {
      statuses.addAll(List.of(401, 403, 429, 503));
    }
    if (PARAMETER.matcher(route.path()).find()) {
      statuses.add(404);
    }
    if (!route.doc().bodies().isEmpty()) {
      statuses.addAll(List.of(413, 415));
    }
    return statuses;
  }

  private static String meaning(int status) {
    return switch (status) {
      case 304 -> "Not changed";
      case 400 -> "Malformed";
      case 401 -> "No valid API key";
      case 403 -> "The API key does not allow this";
      case 404 -> "There is no such thing";
      case 406 -> "None of the accepted forms is there";
      case 409 -> "Not possible as things stand";
      case 410 -> "Gone";
      case 412 -> "It was changed meanwhile";
      case 413 -> "The body is too large";
      case 415 -> "The body is of a wrong type";
      case 416 -> "That part of the file is not there";
      case 422 -> "Understood, but impossible";
      case 426 -> "This is a WebSocket";
      case 428 -> "A condition is required";
      case 429 -> "Too many requests; see Retry-After";
      case 500 -> "A failure of the server";
      case 502 -> "WhatsApp refused it";
      case 503 -> "Not available now";
      case 504 -> "WhatsApp did not confirm in time";
      default -> "Failed";
    };
  }

  private void content(ObjectNode content, List<Doc.Content> forms, Way way) {
    for (Doc.Content form : forms) {
      ObjectNode media = content.putObject(form.type());
      form.shape().ifPresent(shape -> media.set("schema", schemas.reference(shape, way)));
    }
  }

  private static ArrayNode parameters(Route route) {
    ArrayNode parameters = NODES.arrayNode();
    var names = PARAMETER.matcher(route.path());
    while (names.find()) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("in", "path").put("name", names.group(1)).put("required", true);
      parameter.put("description", names.group(1).equals("id") ? "The account" : names.group(1));
      parameter.putObject("schema").put("type", "string").put("minLength", 1);
    }
    for (Doc.Parameter one : route.doc().parameters()) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("in", one.in()).put("name", one.name()).put("description", one.text());
      ObjectNode schema = parameter.putObject("schema").put("type", one.type());
      if (one.type().equals("integer")) {
        schema.put("format", "int64").put("minimum", one.min()).put("maximum", one.max());
      }
      one.fallback().ifPresent(value -> schema.put("default", value));
    }
    return parameters;
  }

  /// The first word of the path, or what is below an account: `messages`, `chats`.
  private static String tag(Route route) {
    if (!route.doc().tag().isEmpty()) {
      return route.doc().tag();
    }
    if (!route.isV1()) {
      return route.path().matches("/(healthz|readyz|ping|openapi.json|docs.*)")
          ? "operations"
          : "wildcat 2";
    }
    String[] words = route.path().substring("/v1/".length()).split("/", -1);
    boolean below = words.length > 2 && words[0].equals("accounts");
    return below && words[2].endsWith("s") && !words[2].equals("status") ? words[2] : words[0];
  }

  private static String operationId(Route route) {
    var id = new StringBuilder(route.isV1() ? "" : "legacy_");
    id.append(route.method().name().toLowerCase(Locale.ROOT));
    String path = route.isV1() ? route.path().substring("/v1".length()) : route.path();
    for (String word : path.split("[/._-]", -1)) {
      if (!word.isEmpty()) {
        id.append('_').append(word.replaceAll("[{}]", ""));
      }
    }
    return id.toString();
  }

  /// All `$ref` targets exist: for tests.
  static boolean isWhole(JsonNode document) {
    return document.findValuesAsText("$ref").stream()
        .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
  }
}
