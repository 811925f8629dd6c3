package wildcat.simulator.connection;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import wildcat.protocol.noise.NoiseResponder;
import wildcat.simulator.answer.Reception;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.world.World;

/// What all client connections share, and which there are. Any thread may call.
final class Doorway {
  private final World world;
  private final Reception reception;
  private final Faults faults;
  private final ServerIdentity identity;
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();

  Doorway(World world, Reception reception, Faults faults, ServerIdentity identity) {
    this.world = world;
    this.reception = reception;
    this.faults = faults;
    this.identity = identity;
  }

  World world() {
    return world;
  }

  Reception reception() {
    return reception;
  }

  Faults faults() {
    return faults;
  }

  NoiseResponder responder() {
    return new NoiseResponder(
        world.curve(),
        identity.noise(),
        world.curve().generate(world.chance().shared()),
        identity.certificates());
  }

  void entered(ClientConnection connection) {
    connections.add(connection);
    world.tally().connected();
  }

  void left(ClientConnection connection) {
    if (connections.remove(connection)) {
      world.tally().disconnected();
    }
  }

  void cutExpired(Instant now) {
    connections.stream().filter(c -> c.isExpired(now)).forEach(ClientConnection::cut);
  }
}
