package wildcat.server.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.server.command.Recipient;
import wildcat.server.egress.AllowList;
import wildcat.server.log.LogLevel;

/// Reads the configuration: command line before environment before `.env`. Collects all problems, so that
/// they are seen at once.
public final class ConfigReader {
  private static final String WHATSAPP = "wss://web.whatsapp.com/ws/chat";

  /// WhatsApp's own; source: whatsmeow handshake.go, Baileys Defaults.
  private static final String WHATSAPP_ROOT =
      "142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b";

  /// Those of the command line client and the launcher, which may stand in the same environment.
  private static final Set<String> OF_OTHERS =
      Set.of("WILDCAT_URL", "WILDCAT_KEY", "WILDCAT_JAVA_OPTS");

  private static final Set<String> OWN =
      Set.of(
          "WILDCAT_DATA",
          "WILDCAT_LOGS",
          "WILDCAT_LOG_LEVEL",
          "WILDCAT_STORE",
          "WILDCAT_INSECURE_NO_AUTH",
          "WILDCAT_EGRESS_ALLOW",
          "WILDCAT_STARTS_PER_SECOND",
          "WILDCAT_DEVICE_NAME",
          "WILDCAT_WHATSAPP_URL",
          "WILDCAT_WHATSAPP_ROOT_KEY");

  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  private ConfigReader(Map<String, String> values) {
    this.values = values;
  }

  /// The arguments of `wildcat serve`.
  public static final String USAGE =
      """
      Usage: wildcat serve [--host ADDRESS] [--port PORT] [--data FOLDER]
                           [--insecure-no-auth] [--new-admin-key]

      Settings come from these, else from the environment, else from the file .env in this folder;
      docs/configuration.md lists them.
      """;

  /// @param folder where `.env` is looked for, and what relative paths start from
  public static Config read(List<String> arguments, Map<String, String> environment, Path folder)
      throws InvalidConfig, IOException {
    var values = new HashMap<>(EnvFile.read(folder.resolve(".env")));
    values.putAll(environment);
    values.values().removeIf(String::isBlank);
    var reader = new ConfigReader(values);
    boolean newAdminKey = reader.arguments(arguments);
    Config config = reader.config(folder, newAdminKey);
    if (!reader.problems.isEmpty()) {
      throw new InvalidConfig(reader.problems);
    }
    return config;
  }

  /// @return whether a new administrator's key is wanted
  private boolean arguments(List<String> arguments) {
    boolean newAdminKey = false;
    var names = Map.of("--host", "HOST", "--port", "PORT", "--data", "WILDCAT_DATA");
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (argument.equals("--insecure-no-auth")) {
        values.put("WILDCAT_INSECURE_NO_AUTH", "true");
      } else if (argument.equals("--new-admin-key")) {
        newAdminKey = true;
      } else if (names.containsKey(name) && (equals >= 0 || i + 1 < arguments.size())) {
        values.put(
            names.get(name), equals >= 0 ? argument.substring(equals + 1) : arguments.get(++i));
      } else {
        problems.add("unknown argument " + name + "\n" + USAGE);
      }
    }
    return newAdminKey;
  }

  private Config config(Path folder, boolean newAdminKey) {
    refuseUnknown();
    String host = value("HOST", "127.0.0.1", Optional::of, "");
    Optional<InetAddress[]> addresses = addresses(host);
    if (addresses.isEmpty()) {
      problems.add("HOST: this name has no address");
    }
    boolean loopback =
        addresses.isPresent()
            && Arrays.stream(addresses.get()).allMatch(InetAddress::isLoopbackAddress);
    boolean withoutKeys = flag("WILDCAT_INSECURE_NO_AUTH");
    if (withoutKeys && !loopback) {
      problems.add(
          "WILDCAT_INSECURE_NO_AUTH: works only while HOST is this machine (127.0.0.1 or localhost)");
    }
    return new Config(
        host,
        number("PORT", 3_000, 0, 65_535),
        folder.resolve(path("WILDCAT_DATA", "data")),
        new Config.Logs(folder.resolve(path("WILDCAT_LOGS", ".logs")), logLevel()),
        withoutKeys,
        newAdminKey,
        accounts(),
        egress(loopback),
        whatsApp(),
        mongo());
  }

  private void refuseUnknown() {
    values.keySet().stream()
        .filter(name -> name.startsWith("WILDCAT_"))
        .filter(name -> !OWN.contains(name) && !OF_OTHERS.contains(name))
        .sorted()
        .forEach(name -> problems.add(name + ": there is no such setting"));
  }

  /// `MONGO_URL` chooses MongoDB, unless `WILDCAT_STORE` says otherwise.
  private Optional<Config.Mongo> mongo() {
    String store =
        value(
            "WILDCAT_STORE",
            "",
            text ->
                text.equals("embedded") || text.equals("mongodb")
                    ? Optional.of(text)
                    : Optional.empty(),
            "must be embedded or mongodb");
    Optional<String> url =
        optional(
            "MONGO_URL",
            text ->
                text.startsWith("mongodb://") || text.startsWith("mongodb+srv://")
                    ? Optional.of(text)
                    : Optional.empty(),
            "must be an address like mongodb://localhost:27017");
    if (store.equals("mongodb") && !values.containsKey("MONGO_URL")) {
      problems.add("WILDCAT_STORE: mongodb needs an address in MONGO_URL");
    }
    String database =
        value(
            "DB_NAME",
            "wildcat",
            text ->
                text.matches("[^/\\\\. \"$*<>:|?]{1,63}") ? Optional.of(text) : Optional.empty(),
            "is no name of a database");
    return store.equals("embedded")
        ? Optional.empty()
        : url.map(address -> new Config.Mongo(address, database));
  }

  private Config.Accounts accounts() {
    Optional<Jid> administrator =
        optional(
            "ADMIN_NUMBER",
            text -> Recipient.parse(text).filter(Jid::isUser),
            "must be a phone number with country code, or like 1234567890@s.whatsapp.net");
    String device =
        value(
            "WILDCAT_DEVICE_NAME",
            "Wildcat",
            text -> text.length() <= 50 ? Optional.of(text) : Optional.empty(),
            "has at most 50 characters");
    return new Config.Accounts(
        administrator,
        flag("AUTO_CONNECT_ON_START"),
        number("WILDCAT_STARTS_PER_SECOND", 20, 1, 1_000),
        device);
  }

  /// Who is served by this machine only may call this machine: it could do so anyway.
  private AllowList egress(boolean loopback) {
    AllowList fallback = loopback ? AllowList.LOOPBACK : AllowList.NONE;
    String text = values.get("WILDCAT_EGRESS_ALLOW");
    if (text == null) {
      return fallback;
    }
    try {
      return AllowList.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add("WILDCAT_EGRESS_ALLOW: " + e.getMessage());
      return fallback;
    }
  }

  private Config.WhatsApp whatsApp() {
    URI server =
        value(
            "WILDCAT_WHATSAPP_URL",
            URI.create(WHATSAPP),
            ConfigReader::webSocket,
            "must be an address like " + WHATSAPP);
    PublicKey root =
        value(
            "WILDCAT_WHATSAPP_ROOT_KEY",
            new PublicKey(Bytes.ofHex(WHATSAPP_ROOT)),
            text ->
                text.matches("[0-9a-fA-F]{64}")
                    ? Optional.of(new PublicKey(Bytes.ofHex(text)))
                    : Optional.empty(),
            "must be 64 hexadecimal digits");
    return new Config.WhatsApp(server, root);
  }

  private static Optional<URI> webSocket(String text) {
    try {
      var uri = new URI(text);
      boolean fits = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
      return fits && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (java.net.URISyntaxException _) {
      return Optional.empty();
    }
  }

  private LogLevel logLevel() {
    String name = values.containsKey("WILDCAT_LOG_LEVEL") ? "WILDCAT_LOG_LEVEL" : "LOG_LEVEL";
    return value(
        name, LogLevel.INFO, LogLevel::parse, "must be trace, debug, info, warn, error or off");
  }

  private String path(String name, String fallback) {
    return value(
        name,
        fallback,
        text -> {
          try {
            return Optional.of(Path.of(text).toString());
          } catch (InvalidPathException _) {
            return Optional.empty();
          }
        },
        "is no path");
  }

  private int number(String name, int fallback, int min, int max) {
    return value(
        name,
        fallback,
        text ->
            text.matches("[0-9]{1,9}")
                ? Optional.of(Integer.parseInt(text)).filter(n -> n >= min && n <= max)
                : Optional.empty(),
        "must be a whole number from " + min + " to " + max);
  }

  private boolean flag(String name) {
    return value(
        name,
        false,
        text ->
            switch (text.toLowerCase(java.util.Locale.ROOT)) {
              case "true", "1", "yes", "on" -> Optional.of(true);
              case "false", "0", "no", "off" -> Optional.of(false);
              default -> Optional.empty();
            },
        "must be true or false");
  }

  private <T> T value(
      String name, T fallback, Function<String, Optional<T>> parser, String problem) {
    return optional(name, parser, problem).orElse(fallback);
  }

  private <T> Optional<T> optional(
      String name, Function<String, Optional<T>> parser, String problem) {
    String text = values.get(name);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> parsed = parser.apply(text.strip());
    if (parsed.isEmpty()) {
      problems.add(name + ": " + problem);
    }
    return parsed;
  }

  private static Optional<InetAddress[]> addresses(String host) {
    try {
      return Optional.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }
}
