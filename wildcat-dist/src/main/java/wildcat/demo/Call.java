package wildcat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import wildcat.cli.output.Json;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Route;

/// One request of the walk: made by the demo, and shown as the `curl` that makes the same one.
///
/// @param route path and query
/// @param body  what is posted; absent for a GET
record Call(Route route, Optional<JsonNode> body) {

  static Call get(Route route) {
    return new Call(route, Optional.empty());
  }

  static Call post(Route route, JsonNode body) {
    return new Call(route, Optional.of(body));
  }

  JsonNode on(Api api) throws ApiFailed {
    return body.isPresent() ? api.post(route, body.get()) : api.get(route);
  }

  /// The line for a POSIX shell in which `KEY` is set.
  String curl(URI server) {
    var line =
        new StringBuilder(
            "curl -sw '\\n' "
                + quoted(server + route.text())
                + " -H \"Authorization: Bearer $KEY\"");
    body.ifPresent(json ->
        line.append(" -H 'Content-Type: application/json' -d ").append(quoted(Json.compact(json))));
    return line.toString();
  }

  static String quoted(String text) {
    return text.matches("[A-Za-z0-9:/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
