package wildcat.client.session;

/// Why a request has no result.
///
/// - [NotConnected]: nothing was sent. Safe to retry once connected again.
/// - [OutcomeUnknown]: sent, but not answered; the server may have acted. Retry only what is idempotent.
/// - [Rejected]: the server said no, with a code.
public abstract sealed class RequestFailed extends Exception
    permits NotConnected, OutcomeUnknown, Rejected {
  private static final long serialVersionUID = 1;

  RequestFailed(String message) {
    super(message);
  }

  RequestFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
