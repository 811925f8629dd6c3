package wildcat.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Reads and prints JSON documents.
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  /// As `JSON.stringify(value, null, 2)` does it, so that scripts written for the predecessor see the same bytes.
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(INDENT)
          .withArrayIndenter(INDENT);

  private Json() {}

  /// @throws JsonProcessingException the text is not one JSON document
  public static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String pretty(JsonNode document) {
    try {
      return harmless(MAPPER.writer(PRETTY).writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /// The document on one line.
  public static String compact(JsonNode document) {
    return harmless(document.toString());
  }

  /// JSON lets 0x7f to 0x9f stand as they are; a terminal may obey them. They can only stand inside strings.
  private static String harmless(String json) {
    if (json.chars().noneMatch(Json::obeyed)) {
      return json;
    }
    var escaped = new StringBuilder(json.length() + 16);
    json.chars()
        .forEach(c -> {
          if (obeyed(c)) {
            escaped.append(String.format("\\u%04x", c));
          } else {
            escaped.append((char) c);
          }
        });
    return escaped.toString();
  }

  private static boolean obeyed(int c) {
    return c >= 0x7f && c <= 0x9f;
  }
}
