package wildcat.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import wildcat.client.event.AccountId;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.curve.Curve;
import wildcat.server.config.Config;
import wildcat.server.config.ConfigReader;
import wildcat.server.config.InvalidConfig;
import wildcat.server.moving.MoveIn;
import wildcat.server.webhook.EventJournal;
import wildcat.store.mongodb.FormerDatabase;

/// `wildcat import`: brings accounts of Wildcat 2 or of Baileys into the store the server uses, which must
/// not run meanwhile.
///
/// Exit codes: 0 all is there, 1 something is not, 2 wrong usage.
public final class ImportMain {
  private static final String USAGE =
      """
      Usage: wildcat import --from mongodb://HOST[:PORT] [--db NAME]
             wildcat import --from dir:FOLDER --account ID [--name NAME]

      Reads the database of Wildcat 2, or the folder Baileys keeps the state of one account in, and
      writes to the store of this server (docs/configuration.md). Linked phones stay linked. Stop
      both servers first, and never start the old one again: docs/import.md.
      """;

  private static final String FOLDER = "dir:";
  private static final Set<String> OPTIONS = Set.of("--from", "--db", "--account", "--name");

  private ImportMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments), System.getenv(), Path.of("")));
  }

  static int run(List<String> arguments, Map<String, String> environment, Path folder)
      throws InterruptedException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(USAGE);
      return 0;
    }
    Optional<Map<String, String>> options = options(arguments);
    if (options.isEmpty()) {
      System.err.print(USAGE);
      return 2;
    }
    try {
      Config config = ConfigReader.read(List.of(), environment, folder);
      var random = new SecureRandom();
      try (Store store =
          Outside.store(config, new EventJournal(random), InstantSource.system(), random)) {
        return moveIn(store, random, options.get()) ? 0 : 1;
      }
    } catch (InvalidConfig e) {
      e.problems().forEach(problem -> System.err.println("wildcat: " + problem));
      return 2;
    } catch (IOException | StoreFailed e) {
      System.err.println("wildcat: " + e.getMessage());
      return 1;
    }
  }

  private static boolean moveIn(Store store, SecureRandom random, Map<String, String> options)
      throws IOException, StoreFailed, InterruptedException {
    var moving =
        new MoveIn(store, InstantSource.system(), random, Curve.standard(), System.out::println);
    String from = options.getOrDefault("--from", "");
    if (from.startsWith(FOLDER)) {
      String id = options.getOrDefault("--account", "");
      return moving.folder(
          Path.of(from.substring(FOLDER.length())),
          new AccountId(id),
          options.getOrDefault("--name", ""));
    }
    try (var former = FormerDatabase.open(from, Optional.ofNullable(options.get("--db")))) {
      return moving.database(former) == 0;
    }
  }

  /// Empty when they make no sense.
  private static Optional<Map<String, String>> options(List<String> arguments) {
    var options = new HashMap<String, String>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!OPTIONS.contains(name) || (equals < 0 && i + 1 == arguments.size())) {
        return Optional.empty();
      }
      options.put(name, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
    }
    String from = options.getOrDefault("--from", "");
    boolean folder = from.startsWith(FOLDER);
    boolean database = from.startsWith("mongodb://") || from.startsWith("mongodb+srv://");
    boolean account = AccountId.parse(options.getOrDefault("--account", "")).isPresent();
    return (folder && account) || database ? Optional.of(options) : Optional.empty();
  }
}
