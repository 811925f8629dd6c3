package wildcat.client.session;

import java.net.URI;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import wildcat.client.time.Timers;
import wildcat.client.transport.Connector;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.pairing.ClientPayloads.AppVersion;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;

/// What an account's connection needs from outside.
///
/// @param server the WebSocket's address
/// @param root the key that must have signed the server's certificates
/// @param name how the device shows up on the phone when it is linked
public record Surroundings(
    URI server,
    PublicKey root,
    AppVersion version,
    DeviceName name,
    Connector connector,
    ConnectPermits permits,
    Timers timers,
    InstantSource clock,
    RandomGenerator random,
    Curve curve) {}
