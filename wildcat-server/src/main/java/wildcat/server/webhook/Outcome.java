package wildcat.server.webhook;

import java.time.Duration;
import java.util.Optional;

/// What came of one attempt.
sealed interface Outcome {
  /// A status of 200 to 299 within the limit.
  record Accepted() implements Outcome {}

  /// The endpoint wants nothing more (410).
  record Gone() implements Outcome {}

  /// @param reason for people, without secrets
  /// @param endpointWide certainly not the event's fault
  /// @param retryAfter what the endpoint asked for
  record Failed(String reason, boolean endpointWide, Optional<Duration> retryAfter)
      implements Outcome {}
}
