package wildcat.simulator.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.connection.HttpCall;

/// One operation of the admin surface: a method, a path with `*` for its arguments, and what it does.
record Route(String method, List<String> path, Operation operation) {
  /// What it does: an object for JSON, or nothing for 204.
  interface Operation {
    Optional<Object> run(Request request) throws Refused;
  }

  Route {
    path = List.copyOf(path);
  }

  static Route of(String method, String path, Operation operation) {
    return new Route(method, segments(path), operation);
  }

  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /// The arguments, if this is the path of the route.
  Optional<List<String>> match(List<String> called) {
    if (called.size() != path.size()) {
      return Optional.empty();
    }
    var arguments = new ArrayList<String>();
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).equals("*")) {
        arguments.add(called.get(i));
      } else if (!path.get(i).equals(called.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(arguments);
  }

  /// A call that has found its route.
  record Request(HttpCall call, List<String> arguments, ObjectMapper json) {
    String argument(int index) {
      return arguments.get(index);
    }

    String text() {
      return call.body().utf8();
    }

    JsonNode body() throws Refused {
      try {
        JsonNode body = json.readTree(call.body().toArray());
        if (body != null && body.isObject()) {
          return body;
        }
      } catch (JsonProcessingException e) {
        throw malformed();
      } catch (IOException e) {
        throw new UncheckedIOException("memory cannot fail", e);
      }
      throw malformed();
    }

    private static Refused malformed() {
      return new Refused(400, "the body must be a JSON object");
    }

    /// A field that must be there and be a text.
    String field(String name) throws Refused {
      JsonNode field = body().path(name);
      if (!field.isTextual() || field.textValue().isEmpty()) {
        throw new Refused(400, "field " + name + " must be a non-empty text");
      }
      return field.textValue();
    }

    /// An address: a jid, or the digits of a pn.
    static Jid jid(String text) throws Refused {
      boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
      return digits
          ? Jid.pn(text)
          : Jid.parse(text).orElseThrow(() -> new Refused(400, "not an address"));
    }

    long number(String parameter, long otherwise) throws Refused {
      String text = call.query().getOrDefault(parameter, Long.toString(otherwise));
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new Refused(400, parameter + " must be a number");
      }
    }
  }
}
