package wildcat.client;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import wildcat.client.session.ConnectPermits;
import wildcat.client.session.Surroundings;
import wildcat.client.time.Timers;
import wildcat.client.transport.Connector;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.noise.NoiseInitiator;
import wildcat.protocol.pairing.ClientPayloads.AppVersion;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;

/// What all clients of a process share: the outside world, injected.
///
/// @param server the WebSocket's address, `wss://web.whatsapp.com/ws/chat` outside of tests
/// @param root the key that must have signed the server's certificates
/// @param permits paces the connections of all accounts
/// @param random a `SecureRandom` outside of tests
public record Environment(
    URI server,
    PublicKey root,
    AppVersion version,
    Connector connector,
    ConnectPermits permits,
    Timers timers,
    InstantSource clock,
    RandomGenerator random,
    Curve curve) {
  private static final URI WHATSAPP = URI.create("wss://web.whatsapp.com/ws/chat");

  /// WhatsApp itself, the system's clock and its secure randomness. The caller closes connector and timers
  /// when all clients are closed.
  public static Environment ofWhatsApp(Connector connector, Timers timers) {
    return new Environment(
        WHATSAPP,
        NoiseInitiator.whatsappRoot(),
        AppVersion.BUILT_IN,
        connector,
        new ConnectPermits(timers, ConnectPermits.DEFAULT_PER_SECOND),
        timers,
        InstantSource.system(),
        new SecureRandom(),
        Curve.standard());
  }

  /// The same with another server, such as a simulator.
  ///
  /// @param newRoot the key that signed its certificates
  public Environment at(URI newServer, PublicKey newRoot) {
    return new Environment(
        newServer, newRoot, version, connector, permits, timers, clock, random, curve);
  }

  Surroundings surroundings(DeviceName name) {
    return new Surroundings(
        server, root, version, name, connector, permits, timers, clock, random, curve);
  }
}
