package wildcat.client;

import java.net.URI;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import wildcat.client.time.Timers;
import wildcat.client.transport.Connector;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.pairing.ClientPayloads.AppVersion;

/// What all clients of a process share: the outside world, injected.
///
/// @param server the WebSocket's address, `wss://web.whatsapp.com/ws/chat` outside of tests
/// @param root the key that must have signed the server's certificates
/// @param random a `SecureRandom` outside of tests
public record Environment(
    URI server,
    PublicKey root,
    AppVersion version,
    Connector connector,
    Timers timers,
    InstantSource clock,
    RandomGenerator random,
    Curve curve) {}
