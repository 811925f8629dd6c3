package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import wildcat.cli.output.Colour;
import wildcat.cli.output.Console;
import wildcat.cli.output.Text;

/// A JSON object for people: one line a field, the names aligned.
final class Fields {
  private Fields() {}

  static void print(Console console, JsonNode object) {
    int width = 0;
    for (var field : object.properties()) {
      width = Math.max(width, field.getKey().length());
    }
    for (var field : object.properties()) {
      var name = Text.clean(field.getKey());
      var value =
          field.getValue().isValueNode() ? field.getValue().asText() : field.getValue().toString();
      console.line(
          console.paint(Colour.DIM, name)
              + " ".repeat(width - name.length() + 2)
              + Text.clean(value));
    }
  }
}
