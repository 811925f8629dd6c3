package wildcat.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.admin.Admin;
import wildcat.simulator.answer.Reception;
import wildcat.simulator.answer.Switchboard;
import wildcat.simulator.connection.Listener;
import wildcat.simulator.connection.ServerIdentity;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.phone.Phones;
import wildcat.simulator.phone.VirtualPhone;
import wildcat.simulator.world.Counters;
import wildcat.simulator.world.Delivery;
import wildcat.simulator.world.Limits;
import wildcat.simulator.world.StanzaLog;
import wildcat.simulator.world.World;

/// A WhatsApp server with virtual phones, on a port of this machine.
///
///     try (var simulator = Simulator.start(Settings.defaults())) {
///       VirtualPhone phone = simulator.phone("Ann");
///       // point a client at simulator.webSocket() and simulator.root(), then scan what it shows:
///       phone.scan(qrText);
///     }
///
/// State lives in memory and survives everything but [#close]. All methods may be called by any thread.
public final class Simulator implements AutoCloseable {
  private final World world;
  private final Depot depot;
  private final Faults faults;
  private final Phones phones;
  private final ServerIdentity identity;
  private final ExecutorService executor;
  private final Listener listener;

  private Simulator(Settings settings) throws IOException {
    world = new World(settings.clock(), settings.seed(), Curve.standard(), Limits.DEFAULTS);
    faults = new Faults(world);
    executor = Executors.newVirtualThreadPerTaskExecutor();
    depot = new Depot(world.chance().of("depot"));
    var switchboard = new Switchboard(world, depot);
    phones = new Phones(world, switchboard, depot, executor);
    identity = ServerIdentity.create(world.curve(), world.chance().of("server"), world.now());
    listener =
        Listener.open(
            new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()),
            new Listener.Hosts(
                world,
                new Reception(world, switchboard, faults),
                faults,
                identity,
                depot,
                new Admin(world, phones, faults, depot),
                executor));
    depot.servedAt(authority());
    world.servedAt(http().toString());
  }

  /// Listens when it returns.
  ///
  /// @throws IOException the port cannot be bound
  public static Simulator start(Settings settings) throws IOException {
    return new Simulator(settings);
  }

  /// Where clients connect: `ws://127.0.0.1:PORT/ws/chat`.
  public URI webSocket() {
    return URI.create("ws://" + authority() + "/ws/chat");
  }

  /// Root of the admin surface: `http://127.0.0.1:PORT`.
  public URI http() {
    return URI.create("http://" + authority());
  }

  private String authority() {
    InetAddress address = listener.address().getAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.address().getPort();
  }

  /// The key that signed the server's certificates; clients need it in place of WhatsApp's.
  public PublicKey root() {
    return identity.root();
  }

  /// The phone of the account with that push name; the first call creates the account.
  public VirtualPhone phone(String pushName) {
    return phones.named(pushName);
  }

  /// Every account's phone, in order of creation.
  public List<VirtualPhone> phones() {
    return phones.all();
  }

  public Faults faults() {
    return faults;
  }

  /// The encrypted files.
  public Depot depot() {
    return depot;
  }

  public Counters counters() {
    return world.tally().counters();
  }

  /// The newest stanzas of all connections.
  public StanzaLog log() {
    return world.log();
  }

  /// What was delivered to a device and what it acknowledged, oldest first. The device is named by pn
  /// or lid, and may be unlinked by now; empty when there never was one.
  public List<Delivery> ledger(Jid device) {
    try (var _ = world.locked()) {
      Optional<List<Delivery>> ledger =
          world.directory().everDevice(device).map(d -> d.queue().ledger());
      return ledger.orElse(List.of());
    }
  }

  /// Closes all connections and forgets everything.
  @Override
  public void close() {
    listener.close();
    executor.shutdownNow();
    depot.close();
  }
}
