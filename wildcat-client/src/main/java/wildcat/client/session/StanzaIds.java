package wildcat.client.session;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Ids of requests, for example `17.42-9`: two random bytes, so that two instances of a client differ, and a
/// counter. Thread-safe. Source: whatsmeow request.go (generateRequestID).
final class StanzaIds {
  private final String prefix;
  private final AtomicLong last = new AtomicLong();

  StanzaIds(RandomGenerator random) {
    prefix = random.nextInt(256) + "." + random.nextInt(256) + "-";
  }

  String next() {
    return prefix + last.incrementAndGet();
  }
}
