package wildcat.cli.rest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds the server and its key, so that on the server's own machine nothing has to be typed.
///
/// Address: the option, `WILDCAT_URL`, `BASE_URL` (the predecessor's), else this machine at `PORT` or 3000.
/// Key: the option, `WILDCAT_KEY`, else the key file of this machine's server, and that only for an address on this
/// machine: a key found by itself never leaves it.
public final class Finding {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Set<String> EVERYWHERE =
      Set.of("0.0.0.0", "::", "[::]", "localhost", "127.0.0.1");

  private final Settings settings;
  private final LocalServer local;

  public Finding(Settings settings) {
    this.settings = settings;
    this.local = new LocalServer(settings);
  }

  /// @param url what `--url` says
  /// @param key what `--key` says
  /// @throws KeyUnreadable            the key file is there but cannot be read
  /// @throws IllegalArgumentException the address or the key cannot be one; the message says which and why
  public Place find(Optional<String> url, Optional<String> key) throws KeyUnreadable {
    var named = url.or(() -> settings.value("WILDCAT_URL")).or(() -> settings.value("BASE_URL"));
    URI address =
        named.isPresent() ? address(named.get()) : address("http://" + ownHost() + ":" + ownPort());
    var given =
        key.map(text -> new ApiKey(text, "--key"))
            .or(() -> settings.value("WILDCAT_KEY").map(text -> new ApiKey(text, "WILDCAT_KEY")));
    if (given.isPresent()) {
      return new Place(address, given);
    }
    return new Place(
        address, named.isEmpty() || isLoopback(address) ? local.key() : Optional.empty());
  }

  /// Where the key was looked for, for the message that none was found.
  public String keyPlaces() {
    return "--key, WILDCAT_KEY and, for a server on this machine, " + local.keyFile();
  }

  private String ownHost() {
    return settings.value("HOST").filter(host -> !EVERYWHERE.contains(host)).orElse("localhost");
  }

  private String ownPort() {
    return settings.value("PORT").orElse("3000");
  }

  private static boolean isLoopback(URI address) {
    return LOOPBACK.contains(address.getHost().toLowerCase(Locale.ROOT));
  }

  static URI address(String text) {
    var trimmed = text.strip();
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    try {
      var address = new URI(trimmed);
      var scheme = String.valueOf(address.getScheme());
      if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
        throw new IllegalArgumentException(
            "the server's address must look like http://localhost:3000");
      }
      if (address.getUserInfo() != null || address.getQuery() != null) {
        throw new IllegalArgumentException(
            "the server's address has no user, password or query: keys go into WILDCAT_KEY");
      }
      return address;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the server's address must look like http://localhost:3000", e);
    }
  }
}
