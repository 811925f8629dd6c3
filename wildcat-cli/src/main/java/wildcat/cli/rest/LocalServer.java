package wildcat.cli.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the server of this machine leaves on its disk: the first admin key and the log files.
/// Source: docs/configuration.md.
public final class LocalServer {
  private static final int MAX_KEY_FILE_BYTES = 4096;

  private final Settings settings;

  public LocalServer(Settings settings) {
    this.settings = settings;
  }

  Path keyFile() {
    return settings.path("WILDCAT_DATA", "data").resolve("admin.key");
  }

  /// The folder of the log files.
  public Path logs() {
    return settings.path("WILDCAT_LOGS", ".logs");
  }

  /// The admin key that the first start wrote.
  ///
  /// @throws KeyUnreadable there is a key file that cannot be read
  Optional<ApiKey> key() throws KeyUnreadable {
    var file = keyFile();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var text = new String(in.readNBytes(MAX_KEY_FILE_BYTES), US_ASCII).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(new ApiKey(text, file.toString()));
    } catch (IOException | IllegalArgumentException e) {
      throw new KeyUnreadable(file, e);
    }
  }
}
