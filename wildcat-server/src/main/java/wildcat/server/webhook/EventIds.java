package wildcat.server.webhook;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Ids of events: `evt_` and a ULID, 48 bits of time and 80 random bits in Crockford's base 32, so that they
/// sort by time. Source: github.com/ulid/spec.
final class EventIds {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_SIGNS = 10;
  private static final int RANDOM_SIGNS = 16;

  private final RandomGenerator random;

  EventIds(RandomGenerator random) {
    this.random = random;
  }

  String next(Instant at) {
    var text = new StringBuilder(4 + TIME_SIGNS + RANDOM_SIGNS).append("evt_");
    long millis = at.toEpochMilli();
    for (int sign = TIME_SIGNS - 1; sign >= 0; sign--) {
      text.append(DIGITS.charAt((int) (millis >>> (5 * sign)) & 31));
    }
    long high = random.nextLong();
    long low = random.nextLong();
    for (int sign = 0; sign < RANDOM_SIGNS; sign++) {
      long bits = sign < RANDOM_SIGNS / 2 ? high >>> (5 * sign) : low >>> (5 * (sign - 8));
      text.append(DIGITS.charAt((int) bits & 31));
    }
    return text.toString();
  }
}
