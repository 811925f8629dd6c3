package wildcat.server.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;
import wildcat.api.Json;

/// The state of a linked account as Baileys 7 wrote it, made by `interop/baileys/tools/auth-state.mjs`.
final class FormerState {
  private FormerState() {}

  /// By name; to be changed at will.
  static ObjectNode baileys() {
    try (var in = FormerState.class.getResourceAsStream("baileys-auth-state.json")) {
      return (ObjectNode) Json.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AuthState of(ObjectNode state) {
    var entries = new TreeMap<String, JsonNode>();
    state.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return new AuthState(entries);
  }

  /// What Wildcat 2 made of a value: texts and lists fell apart into fields by index.
  static ObjectNode spread(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    ObjectNode spread = Json.shared().createObjectNode();
    if (value.isTextual()) {
      String text = value.textValue();
      for (int i = 0; i < text.length(); i++) {
        spread.put(Integer.toString(i), text.substring(i, i + 1));
      }
    } else {
      for (int i = 0; i < value.size(); i++) {
        spread.set(Integer.toString(i), value.get(i));
      }
    }
    return spread;
  }
}
