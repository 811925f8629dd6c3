package wildcat.cli.command;

/// The exit codes. They are part of the interface for scripts (README, docs/cli.md).
public final class Exit {
  public static final int OK = 0;

  /// The server answered with an error.
  public static final int REFUSED = 1;

  /// The command line is wrong; nothing was sent.
  public static final int USAGE = 2;

  /// No server answers at the address.
  public static final int UNREACHABLE = 3;

  /// The key is missing, unknown, or not enough for this.
  public static final int DENIED = 4;

  /// Waited in vain: for an answer, or for the phone to scan the code.
  public static final int TIMEOUT = 5;

  private Exit() {}
}
