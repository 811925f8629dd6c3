package wildcat.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `.env` file: one `NAME=value` per line, `export` before it allowed, `#` begins a comment. A value may
/// stand in single quotes (taken as it is) or double quotes (with `\n`, `\t`, `\"` and `\\`); without quotes
/// it ends before ` #`. Names are not replaced within values.
final class EnvFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*");
  private static final Pattern QUOTED =
      Pattern.compile("(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*(?:#.*)?");

  private EnvFile() {}

  /// Empty when there is no such file.
  static Map<String, String> read(Path file) throws IOException, InvalidConfig {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new InvalidConfig(List.of(file + ": has more than " + MAX_BYTES + " bytes"));
    }
    return parse(file.toString(), Files.readAllLines(file));
  }

  static Map<String, String> parse(String name, List<String> lines) throws InvalidConfig {
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < lines.size(); i++) {
      String line = i == 0 ? lines.get(i).replaceFirst("^\uFEFF", "") : lines.get(i);
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new InvalidConfig(List.of(name + ": line " + (i + 1) + " is not NAME=value"));
      }
      values.put(matcher.group(1), value(matcher.group(2), name, i + 1));
    }
    return values;
  }

  private static String value(String text, String name, int line) throws InvalidConfig {
    if (!text.startsWith("'") && !text.startsWith("\"")) {
      if (text.startsWith("#")) {
        return "";
      }
      return text.replaceFirst("\\s+#.*$", "");
    }
    Matcher quoted = QUOTED.matcher(text);
    if (!quoted.matches()) {
      throw new InvalidConfig(List.of(name + ": line " + line + " has a quote without its end"));
    }
    return quoted.group(1) != null ? quoted.group(1) : unescape(quoted.group(2));
  }

  private static String unescape(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
