package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import wildcat.cli.output.Console;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Finding;
import wildcat.cli.rest.KeyUnreadable;

/// A command that asks the server. It throws what goes wrong; `Main` turns that into a message and an exit code.
abstract class ServerCommand implements Callable<Integer> {
  /// Longer than the server waits for WhatsApp before it says that the outcome is unknown.
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);

  private final Setup setup;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "The server's address. Else WILDCAT_URL or BASE_URL, else this machine's server.")
  private @Nullable String url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "An API key; better in WILDCAT_KEY. On the server's machine its key file is used.")
  private @Nullable String key;

  @Option(names = "--json", description = "Print JSON for scripts.")
  private boolean json;

  ServerCommand(Setup setup) {
    this.setup = setup;
  }

  /// Does it and prints the result.
  abstract int run(Api api) throws ApiFailed, InterruptedException;

  @Override
  public final Integer call() throws ApiFailed, KeyUnreadable, InterruptedException {
    var place =
        new Finding(setup.settings()).find(Optional.ofNullable(url), Optional.ofNullable(key));
    return run(new Api(place, ANSWER_LIMIT));
  }

  final Console console() {
    return setup.console();
  }

  final Pace pace() {
    return setup.pace();
  }

  /// Whether the caller asked for JSON.
  final boolean json() {
    return json;
  }

  /// Prints the server's answer as it is for scripts, or lets `people` print it.
  final int print(JsonNode answer, Consumer<JsonNode> people) {
    if (json) {
      console().json(answer);
    } else {
      people.accept(answer);
    }
    return Exit.OK;
  }
}
