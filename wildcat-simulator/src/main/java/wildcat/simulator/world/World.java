package wildcat.simulator.world;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.node.Node;

/// Everything the server knows. One lock guards it all: whoever reads or changes accounts, devices or
/// queues holds it, for microseconds and without I/O, so that a device gets its stanzas in one order.
public final class World {
  /// Held until closed.
  public interface Locked extends AutoCloseable {
    @Override
    void close();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Locked unlock = lock::unlock;
  private final Directory directory = new Directory(this);
  private final Lobby lobby = new Lobby();
  private final Tally tally = new Tally();
  private final StanzaLog log;
  private final Chance chance;
  private final Clock clock;
  private final Curve curve;
  private final Limits limits;
  private final DeviceQueue.LedgerRoom ledgerRoom;
  private final long startedAtSeconds;
  private long lastStanzaId;
  private volatile String httpAddress = "";

  public World(Clock clock, long seed, Curve curve, Limits limits) {
    this.clock = clock;
    this.curve = curve;
    this.limits = limits;
    chance = new Chance(seed);
    log = new StanzaLog(limits.loggedStanzas());
    ledgerRoom = new DeviceQueue.LedgerRoom(limits.ledgerTotal());
    startedAtSeconds = clock.instant().getEpochSecond();
  }

  /// `try (var _ = world.locked()) { … }`; may be nested.
  public Locked locked() {
    lock.lock();
    return unlock;
  }

  public Directory directory() {
    return directory;
  }

  public Lobby lobby() {
    return lobby;
  }

  public Tally tally() {
    return tally;
  }

  public StanzaLog log() {
    return log;
  }

  public Chance chance() {
    return chance;
  }

  public Curve curve() {
    return curve;
  }

  public Limits limits() {
    return limits;
  }

  public Clock clock() {
    return clock;
  }

  public Instant now() {
    return clock.instant();
  }

  public long seconds() {
    return now().getEpochSecond();
  }

  /// Root of the HTTP surface, without a slash at its end.
  public String httpAddress() {
    return httpAddress;
  }

  public void servedAt(String address) {
    httpAddress = address;
  }

  DeviceQueue newQueue() {
    return new DeviceQueue(limits, ledgerRoom);
  }

  /// An id for a stanza of the server, never used before, also not by a simulator that ran earlier.
  public String nextStanzaId() {
    try (var _ = locked()) {
      lastStanzaId++;
      return startedAtSeconds + "-" + lastStanzaId;
    }
  }

  /// Makes a companion a device of the account.
  public Device link(Waiting.Offer offer, Companion companion) {
    return offer.account().link(offer.reservation().device(), companion);
  }

  /// Takes a companion off its account: nothing is delivered to it any more.
  public void unlink(Device companion) {
    companion.account().unlink(companion);
  }

  /// Puts a stanza into the device's queue, and on its way if the device is active.
  public void deliver(Device to, Node stanza) {
    if (to.isRemoved()) {
      return;
    }
    to.queue().add(stanza, now());
    if (to.line().isActive()) {
      to.line().send(stanza);
      to.queue().sent(stanza);
    }
  }

  /// Writes everything that waits for a device once more: now if it is active, else at its next login.
  ///
  /// @return how many stanzas wait
  public int redeliver(Device device) {
    List<Node> waiting = device.queue().waiting();
    if (device.line().isActive()) {
      waiting.forEach(device.line()::send);
      device.queue().sentAll();
    } else {
      device.replayAtLogin();
    }
    return waiting.size();
  }
}
