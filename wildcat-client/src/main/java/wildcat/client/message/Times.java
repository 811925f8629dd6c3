package wildcat.client.message;

import java.time.Instant;
import java.util.Optional;

/// Times as stanzas carry them: whole seconds since 1970.
final class Times {
  private static final long YEAR_9999 = 253_402_300_799L;

  private Times() {}

  /// @param otherwise when there is none, or none that can be meant
  static Instant ofSeconds(Optional<Long> seconds, Instant otherwise) {
    return seconds
        .filter(t -> t > 0 && t <= YEAR_9999)
        .map(Instant::ofEpochSecond)
        .orElse(otherwise);
  }
}
