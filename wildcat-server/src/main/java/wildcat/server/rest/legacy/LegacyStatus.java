package wildcat.server.rest.legacy;

import java.util.Optional;
import wildcat.server.account.AccountView;

/// The predecessor's words for how an account stands.
final class LegacyStatus {
  static final String NOT_STARTED = "not_started";

  private LegacyStatus() {}

  /// Of the live connection; empty where the predecessor had no socket. New states keep their new names:
  /// to a client that does not know them they are "not connected" all the same.
  static Optional<String> live(AccountView account) {
    return switch (account.state().status()) {
      case CREATED -> account.running() ? Optional.of("connecting") : Optional.empty();
      case CONNECTING, WAITING_FOR_LINK, WAITING_FOR_PASSKEY -> Optional.of("connecting");
      case CONNECTED, RESTRICTED -> Optional.of("connected");
      case RECONNECTING, LOGGED_OUT, BANNED, CONFLICT, KEY_ERROR ->
          Optional.of(account.state().status().wireName());
      case DISCONNECTED -> Optional.empty();
    };
  }

  /// As last stored.
  static String stored(AccountView account) {
    return switch (account.state().status()) {
      case CREATED -> "created";
      case DISCONNECTED -> NOT_STARTED;
      default -> live(account).orElse(NOT_STARTED);
    };
  }
}
