package wildcat.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import wildcat.cli.output.Json;

/// The parameters of every command that sends a text.
final class TextToSend {
  private static final int MAX_INPUT_BYTES = 1 << 20;

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account that sends.")
  private String account = "";

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "A phone number, or a chat's id such as 123-456@g.us.")
  private String to = "";

  @Option(
      names = "--mention",
      paramLabel = "WHO",
      description = "Somebody the text mentions; may be repeated.")
  private List<String> mentions = new ArrayList<>();

  @Option(
      names = "--once",
      paramLabel = "TOKEN",
      description =
          "Sends only once, however often this is run with the same token (Idempotency-Key).")
  private @Nullable String token;

  String account() {
    return account;
  }

  String to() {
    return to;
  }

  /// What the server is to do only once.
  String idempotencyKey() {
    return token == null ? UUID.randomUUID().toString() : token;
  }

  /// The request's body, with `text` or, where that is a single dash, what stands on stdin.
  ObjectNode body(String text) {
    var body = Json.object().put("to", to).put("message", text.equals("-") ? input() : text);
    if (!mentions.isEmpty()) {
      var list = body.putArray("mentions");
      mentions.forEach(list::add);
    }
    return body;
  }

  private static String input() {
    try {
      return new String(System.in.readNBytes(MAX_INPUT_BYTES), UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
