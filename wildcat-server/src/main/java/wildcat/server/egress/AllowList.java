package wildcat.server.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// The targets that are called although they are not of the public internet: ranges (`10.0.0.0/8`), single
/// addresses (`192.168.1.5`, `[::1]:8080`) and hosts with a port (`n8n:5678`).
public final class AllowList {
  private static final int MAX_ENTRIES = 200;

  /// Refuses everything that is not of the public internet.
  public static final AllowList NONE = new AllowList(List.of());

  /// Allows this machine.
  public static final AllowList LOOPBACK =
      new AllowList(
          List.of(
              new Range(Cidr.of("127.0.0.0/8"), OptionalInt.empty()),
              new Range(Cidr.of("::1/128"), OptionalInt.empty())));

  private sealed interface Entry {}

  private record Range(Cidr range, OptionalInt port) implements Entry {}

  private record Host(String name, int port) implements Entry {}

  private final List<Entry> entries;

  private AllowList(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// Reads entries separated by commas; `none` or nothing is [#NONE].
  ///
  /// @throws IllegalArgumentException naming the entry that cannot be understood
  public static AllowList parse(String text) {
    if (text.isBlank() || text.strip().equals("none")) {
      return NONE;
    }
    var entries = new ArrayList<Entry>();
    for (String part : text.split(",", -1)) {
      String entry = part.strip();
      entries.add(
          entry(entry)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "\""
                          + entry
                          + "\" is neither a range (10.0.0.0/8), an address nor host:port")));
      if (entries.size() > MAX_ENTRIES) {
        throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries");
      }
    }
    return new AllowList(entries);
  }

  private static Optional<Entry> entry(String text) {
    Optional<Cidr> range = Cidr.parse(text);
    if (range.isPresent()) {
      return Optional.of(new Range(range.get(), OptionalInt.empty()));
    }
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (port < 1 || port > 65_535) {
      return Optional.empty();
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      return Cidr.parse(host).map(one -> new Range(one, OptionalInt.of(port)));
    }
    Optional<Cidr> single = Cidr.parse(host);
    if (single.isPresent()) {
      return Optional.of(new Range(single.get(), OptionalInt.of(port)));
    }
    return host.matches("[A-Za-z0-9._-]{1,253}")
        ? Optional.of(new Host(host.toLowerCase(Locale.ROOT), port))
        : Optional.empty();
  }

  boolean permits(String host, int port, InetAddress address) {
    String name = host.toLowerCase(Locale.ROOT);
    return entries.stream()
        .anyMatch(entry ->
            switch (entry) {
              case Range(Cidr range, OptionalInt only) ->
                  range.contains(address) && (only.isEmpty() || only.getAsInt() == port);
              case Host(String wanted, int only) -> wanted.equals(name) && only == port;
            });
  }
}
