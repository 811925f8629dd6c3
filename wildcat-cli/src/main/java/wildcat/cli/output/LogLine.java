package wildcat.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// One line of a log file for people: `{ts, level, message, context, …}` becomes `ts LEVEL message key=value …`.
public final class LogLine {
  private static final Set<String> PLACED = Set.of("ts", "level", "message");

  private LogLine() {}

  /// A line that is no JSON object is printed as it is, made harmless.
  public static String forPeople(String line, Console console) {
    JsonNode entry;
    try {
      entry = Json.parse(line);
    } catch (JsonProcessingException _) {
      return Text.clean(line);
    }
    if (!entry.isObject()) {
      return Text.clean(line);
    }
    var level = entry.path("level").asText("");
    var words = new StringBuilder();
    words.append(console.paint(Colour.DIM, Text.clean(entry.path("ts").asText(""))));
    words.append(' ').append(console.paint(ofLevel(level), Text.clean(level)));
    words.append(' ').append(Text.clean(entry.path("message").asText("")));
    for (var field : entry.properties()) {
      if (!PLACED.contains(field.getKey()) && !field.getValue().isNull()) {
        words
            .append(' ')
            .append(console.paint(Colour.DIM, Text.clean(field.getKey() + "=")))
            .append(value(field.getValue()));
      }
    }
    return words.toString();
  }

  private static String value(JsonNode value) {
    return Text.clean(value.isValueNode() ? value.asText() : value.toString());
  }

  private static Colour ofLevel(String level) {
    return switch (level) {
      case "error" -> Colour.RED;
      case "warn" -> Colour.YELLOW;
      default -> Colour.NONE;
    };
  }
}
