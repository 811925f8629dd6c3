package wildcat.cli.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The settings a command shares with the server of this machine: the environment first, then the `.env` file in the
/// server's folder.
public final class Settings {
  private static final long MAX_ENV_FILE_BYTES = 1 << 20;

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final Path home;

  private Settings(Map<String, String> environment, Map<String, String> file, Path home) {
    this.environment = environment;
    this.file = file;
    this.home = home;
  }

  /// Reads `.env` in `home`, if there is one.
  ///
  /// @param home the folder the server runs in
  /// @throws IOException the file is there but cannot be read
  public static Settings read(Map<String, String> environment, Path home) throws IOException {
    var file = home.resolve(".env");
    if (!Files.isRegularFile(file)) {
      return new Settings(environment, Map.of(), home);
    }
    if (Files.size(file) > MAX_ENV_FILE_BYTES) {
      throw new IOException("%s has more than %d bytes".formatted(file, MAX_ENV_FILE_BYTES));
    }
    var values = new HashMap<String, String>();
    for (String line : Files.readAllLines(file)) {
      assignment(line, values);
    }
    return new Settings(environment, values, home);
  }

  private static void assignment(String line, Map<String, String> values) {
    var text = line.strip();
    if (text.startsWith("export ")) {
      text = text.substring("export ".length()).strip();
    }
    int equals = text.indexOf('=');
    if (text.startsWith("#") || equals < 1) {
      return;
    }
    values.put(text.substring(0, equals).strip(), unquoted(text.substring(equals + 1).strip()));
  }

  private static String unquoted(String text) {
    if (!text.isEmpty() && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      int end = text.indexOf(text.charAt(0), 1);
      return end < 0 ? text : text.substring(1, end);
    }
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  /// The value of a variable; an empty one counts as not set.
  public Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(file.get(name)))
        .filter(value -> !value.isBlank());
  }

  /// The path a variable names, or `otherwise`, both seen from the server's folder.
  public Path path(String name, String otherwise) {
    return home.resolve(value(name).orElse(otherwise));
  }
}
