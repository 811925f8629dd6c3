package wildcat.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/// The two streams a command writes to, and what is known about the reader of the first.
///
/// @param out answers
/// @param err what went wrong, and hints that are not part of the answer
/// @param terminal whether `out` is a terminal: only then are pictures redrawn in place
/// @param colour whether colours are wanted on `out`
public record Console(PrintStream out, PrintStream err, boolean terminal, boolean colour) {

  /// Prints one line for people. What comes from outside must have passed [Text#clean].
  public void line(String line) {
    out.println(line);
  }

  /// Prints a JSON document, indented like `JSON.stringify(value, null, 2)`.
  public void json(JsonNode document) {
    out.println(Json.pretty(document));
  }

  /// Prints a JSON document on one line, for commands that print several.
  public void jsonLine(JsonNode document) {
    out.println(Json.compact(document));
    out.flush();
  }

  /// Prints a line on stderr.
  public void complain(String line) {
    out.flush();
    err.println(line);
    err.flush();
  }

  /// The text in a colour, or as it is where colours are not wanted.
  public String paint(Colour colour, String text) {
    return colour() && colour != Colour.NONE ? colour.code() + text + "\u001b[0m" : text;
  }
}
