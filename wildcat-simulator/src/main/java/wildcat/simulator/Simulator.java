package wildcat.simulator;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.phone.VirtualPhone;
import wildcat.simulator.world.Counters;
import wildcat.simulator.world.Delivery;

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
  private Simulator() {}

  /// Listens when it returns.
  ///
  /// @throws IOException the port cannot be bound
  public static Simulator start(Settings settings) throws IOException {
    throw new UnsupportedOperationException("not built yet " + settings);
  }

  /// Where clients connect: `ws://127.0.0.1:PORT/ws/chat`.
  public URI webSocket() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Root of the admin surface: `http://127.0.0.1:PORT`.
  public URI http() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The key that signed the server's certificates; clients need it in place of WhatsApp's.
  public PublicKey root() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The phone of the account with that push name; the first call creates the account.
  public VirtualPhone phone(String pushName) {
    throw new UnsupportedOperationException("not built yet" + pushName);
  }

  /// Every account's phone, in order of creation.
  public List<VirtualPhone> phones() {
    throw new UnsupportedOperationException("not built yet");
  }

  public Faults faults() {
    throw new UnsupportedOperationException("not built yet");
  }

  public Counters counters() {
    throw new UnsupportedOperationException("not built yet");
  }

  /// What was delivered to a device and what it acknowledged, oldest first. The device is named by pn
  /// or lid, and may be unlinked by now; empty when there never was one.
  public List<Delivery> ledger(Jid device) {
    throw new UnsupportedOperationException("not built yet" + device);
  }

  /// Closes all connections and forgets everything.
  @Override
  public void close() {}
}
