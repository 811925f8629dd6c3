package wildcat.simulator;

import java.time.Clock;

/// How a simulator runs.
///
/// @param host address to listen on; the admin surface answers loopback callers only, whatever it is
/// @param port 0 for a free one
/// @param seed of every key, id and number; the same seed, clock and order of events give the same run.
///     Nothing here is secret: never let a real account near it
/// @param clock for time stamps, certificates and timeouts
public record Settings(String host, int port, long seed, Clock clock) {
  public Settings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0..65535");
    }
  }

  /// Loopback, a free port, seed 1, the system's clock.
  public static Settings defaults() {
    return new Settings("127.0.0.1", 0, 1, Clock.systemUTC());
  }

  public Settings withHost(String other) {
    return new Settings(other, port, seed, clock);
  }

  public Settings withPort(int other) {
    return new Settings(host, other, seed, clock);
  }

  public Settings withSeed(long other) {
    return new Settings(host, port, other, clock);
  }

  public Settings withClock(Clock other) {
    return new Settings(host, port, seed, other);
  }
}
