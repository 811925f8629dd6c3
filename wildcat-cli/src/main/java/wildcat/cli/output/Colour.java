package wildcat.cli.output;

/// The few colours the commands use.
public enum Colour {
  NONE(""),
  GREEN("\u001b[32m"),
  YELLOW("\u001b[33m"),
  RED("\u001b[31m"),
  DIM("\u001b[2m"),
  BOLD("\u001b[1m");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }

  /// The colour of the status of an account or a webhook: green works, red needs somebody, yellow is on its way.
  public static Colour ofStatus(String status) {
    return switch (status) {
      case "connected", "active" -> GREEN;
      case "logged_out", "banned", "key_error", "conflict", "restricted", "disabled" -> RED;
      case "connecting",
          "reconnecting",
          "created",
          "waiting_for_link",
          "waiting_for_passkey",
          "paused" ->
          YELLOW;
      default -> DIM;
    };
  }
}
