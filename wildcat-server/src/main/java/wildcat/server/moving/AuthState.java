package wildcat.server.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import wildcat.api.Json;

/// What Baileys keeps of one account: `creds`, and its keys as `<kind>-<id>`.
///
/// @param entries by name
record AuthState(Map<String, JsonNode> entries) {
  private static final String SUFFIX = ".json";
  private static final int MAX_ENTRIES = 500_000;
  private static final long MAX_FILE_BYTES = 16L << 20;

  AuthState {
    entries = new TreeMap<>(entries);
  }

  /// Reads the folder that Baileys' `useMultiFileAuthState` writes: a JSON file per entry.
  ///
  /// @throws Unusable there is no `creds.json`, or too much
  static AuthState ofFolder(Path folder) throws IOException, Unusable {
    if (!Files.isRegularFile(folder.resolve("creds.json"))) {
      throw new Unusable(
          folder + " holds no creds.json: give the folder that Baileys keeps its state in");
    }
    var entries = new TreeMap<String, JsonNode>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        if (Files.size(file) > MAX_FILE_BYTES || entries.size() == MAX_ENTRIES) {
          throw new Unusable(
              folder
                  + " holds more than "
                  + MAX_ENTRIES
                  + " files, or one of more than "
                  + MAX_FILE_BYTES
                  + " B");
        }
        String name = file.getFileName().toString();
        entries.put(
            name.substring(0, name.length() - SUFFIX.length()), parsed(Files.readAllBytes(file)));
      }
    }
    return new AuthState(entries);
  }

  /// What cannot be read is there all the same: who needs it finds that it holds nothing.
  static JsonNode parsed(byte[] json) {
    try {
      return Json.shared().readTree(json);
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  /// Whether the account was ever linked.
  boolean isLinked() {
    return credentials().at("me").at("id").isThere() && credentials().at("account").isThere();
  }

  Field credentials() {
    return new Field("creds", entries.getOrDefault("creds", MissingNode.getInstance()));
  }

  /// All keys of a kind; a field's name is the id.
  List<Field> keys(String kind) {
    var keys = new ArrayList<Field>();
    String prefix = kind + "-";
    for (var entry : entries.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        keys.add(new Field(entry.getKey().substring(prefix.length()), entry.getValue()));
      }
    }
    return keys;
  }

  /// Without the content.
  @Override
  public String toString() {
    return "auth state of " + entries.size() + " entries";
  }
}
