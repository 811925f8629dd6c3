package wildcat.cli.output;

/// Makes foreign text harmless to look at.
public final class Text {
  private Text() {}

  /// The text on one line, without anything a terminal would obey: control characters (which start escape sequences)
  /// and the marks that turn the direction of what follows are replaced by a space.
  public static String clean(String text) {
    var line = new StringBuilder(text.length());
    text.codePoints().map(c -> obeyed(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString();
  }

  /// As [#clean], cut to `width` characters with an ellipsis.
  public static String clean(String text, int width) {
    int[] line = text.codePoints().limit(width + 1L).toArray();
    if (line.length <= width) {
      return clean(text);
    }
    return clean(new String(line, 0, width - 1)) + "…";
  }

  private static boolean obeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> c != 0x200d; // joins the parts of one emoji
      default -> false;
    };
  }
}
