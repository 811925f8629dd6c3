package wildcat.server.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a key may do. They stand side by side, only [#ADMIN] includes all others.
public enum Scope {
  /// See accounts, messages, chats and events.
  READ,
  /// Send messages.
  SEND,
  /// Create, link, connect and delete accounts; webhooks.
  MANAGE,
  /// API keys, and everything else.
  ADMIN;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> parse(String text) {
    return Arrays.stream(values()).filter(scope -> scope.wireName().equals(text)).findFirst();
  }
}
