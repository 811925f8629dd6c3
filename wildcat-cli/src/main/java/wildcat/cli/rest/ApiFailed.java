package wildcat.cli.rest;

/// Why a call has no result.
///
/// - [NotReachable]: nothing answered; the request was not carried out, or its connection broke before an answer.
/// - [NoAnswerInTime]: sent, but not answered in time; the server may have carried it out.
/// - [Refused]: the server answered with an error.
/// - [NotWildcat]: something answered, but no Wildcat.
public abstract sealed class ApiFailed extends Exception
    permits NotReachable, NoAnswerInTime, Refused, NotWildcat {
  private static final long serialVersionUID = 1L;

  ApiFailed(String message) {
    super(message);
  }

  ApiFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
