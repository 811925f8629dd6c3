package wildcat.client.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

/// Why a connection ended, or never came about.
///
/// Source: whatsmeow connectionevents.go and types/events, Baileys Utils/generics.ts (getErrorCodeFromStreamError).
sealed interface Ending {

  /// `failure` instead of `success`.
  ///
  /// @param reason -1 when the server gave none
  /// @param code the kind of a ban; 0 when absent
  /// @param expire how long a ban lasts
  record Failure(int reason, int code, Optional<Duration> expire) implements Ending {
    static Failure of(Node stanza) {
      return new Failure(
          number(stanza, "reason", -1),
          number(stanza, "code", 0),
          stanza.number("expire").filter(s -> s > 0).map(Failure::bounded));
    }

    private static Duration bounded(long seconds) {
      return Duration.ofSeconds(Math.min(seconds, LONGEST_BAN.toSeconds()));
    }
  }

  /// A ban is never believed to be longer: the next try shows whether it is.
  Duration LONGEST_BAN = Duration.ofDays(366);

  /// `stream:error`.
  ///
  /// @param code -1 when absent
  /// @param conflict the type of the `conflict` element; "" when there is none
  /// @param children tags of what the element holds
  record StreamError(int code, String conflict, List<String> children) implements Ending {
    public StreamError {
      children = List.copyOf(children);
    }

    static StreamError of(Node stanza) {
      return new StreamError(
          number(stanza, "code", -1),
          stanza.child("conflict").map(c -> c.text("type")).orElse(""),
          stanza.children().stream().map(Node::tag).limit(8).toList());
    }
  }

  /// The socket closed or could not be opened, the stream ended in good order, or the peer did not keep to
  /// the protocol.
  ///
  /// @param why for people, without secrets
  record Lost(String why) implements Ending {}

  /// The store failed while a stanza was handled or the login prepared.
  record Store(StoreFailed failure) implements Ending {}

  /// We closed on purpose.
  record Closed(String why) implements Ending {}

  private static int number(Node node, String key, int otherwise) {
    return node.number(key)
        .filter(n -> n >= 0 && n <= 100_000)
        .map(Long::intValue)
        .orElse(otherwise);
  }
}
