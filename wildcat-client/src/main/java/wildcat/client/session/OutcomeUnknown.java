package wildcat.client.session;

/// The request left, but no answer came in time or the connection broke.
public final class OutcomeUnknown extends RequestFailed {
  private static final long serialVersionUID = 1;

  public OutcomeUnknown(String message) {
    super(message);
  }

  public OutcomeUnknown(String message, Throwable cause) {
    super(message, cause);
  }
}
