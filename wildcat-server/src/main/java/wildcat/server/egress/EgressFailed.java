package wildcat.server.egress;

/// Why a call has no answer. The message names the reason without the URL's secrets.
public abstract sealed class EgressFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  private EgressFailed(String reason) {
    super(reason);
    this.reason = reason;
  }

  /// For people, without secrets.
  public String reason() {
    return reason;
  }

  /// The target is not of the public internet and no allow list names it; nothing was sent.
  public static final class Refused extends EgressFailed {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /// The name is unknown, nobody listens, TLS failed, or the connection broke.
  public static final class Unreachable extends EgressFailed {
    private static final long serialVersionUID = 1;

    Unreachable(String message) {
      super(message);
    }
  }

  /// No whole answer within the limit; the receiver may have acted.
  public static final class TimedOut extends EgressFailed {
    private static final long serialVersionUID = 1;

    TimedOut(String message) {
      super(message);
    }
  }
}
