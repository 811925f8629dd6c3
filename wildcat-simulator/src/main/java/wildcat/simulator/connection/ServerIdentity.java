package wildcat.simulator.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.noise.ServerCertificates;

/// The server's static key and what proves it.
///
/// @param root the key clients must trust
/// @param certificates the encoded chain from root to `noise`
public record ServerIdentity(PublicKey root, KeyPair noise, Bytes certificates) {
  /// Clients' clocks may be behind.
  private static final Duration SLACK = Duration.ofDays(1);

  private static final Duration VALIDITY = Duration.ofDays(3650);

  public static ServerIdentity create(Curve curve, RandomGenerator random, Instant now) {
    KeyPair root = curve.generate(random);
    KeyPair noise = curve.generate(random);
    Bytes chain =
        ServerCertificates.issue(
            curve, root, noise.publicKey(), now.minus(SLACK), now.plus(VALIDITY));
    return new ServerIdentity(root.publicKey(), noise, chain);
  }
}
