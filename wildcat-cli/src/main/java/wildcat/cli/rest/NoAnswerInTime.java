package wildcat.cli.rest;

import java.net.URI;
import java.time.Duration;

/// The request was sent and not answered within the time; the server may still carry it out.
public final class NoAnswerInTime extends ApiFailed {
  private static final long serialVersionUID = 1L;

  NoAnswerInTime(URI address, Duration waited, Throwable cause) {
    super(
        "%s did not answer within %d s; it may have done it all the same"
            .formatted(address, waited.toSeconds()),
        cause);
  }
}
