package wildcat.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Link;
import wildcat.simulator.world.World;

/// The faults of a simulator. All methods may be called by any thread.
public final class Faults {
  /// A rule at work.
  ///
  /// @param seen how many stanzas it has matched
  /// @param fired how often it has acted
  public record Armed(int number, Rule rule, int seen, int fired) {
    private boolean isSpent() {
      return fired == rule.count();
    }

    private Armed next() {
      boolean acts = seen >= rule.skip();
      return new Armed(number, rule, seen + 1, acts ? fired + 1 : fired);
    }
  }

  private final World world;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Armed> rules = new ArrayList<>();
  private volatile boolean idle = true;
  private int last;

  public Faults(World world) {
    this.world = world;
  }

  /// @return the number to find it by in [#armed]
  public int arm(Rule rule) {
    lock.lock();
    try {
      last++;
      rules.add(new Armed(last, rule, 0, 0));
      idle = false;
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// All rules since the last clearing, also those that are used up.
  public List<Armed> armed() {
    lock.lock();
    try {
      return List.copyOf(rules);
    } finally {
      lock.unlock();
    }
  }

  public void clear() {
    lock.lock();
    try {
      rules.clear();
      idle = true;
    } finally {
      lock.unlock();
    }
  }

  /// What is to happen to this stanza of the device with these addresses; counts it.
  public Optional<Action> strike(Direction direction, Jid pn, Jid lid, Node stanza) {
    if (idle) {
      return Optional.empty();
    }
    lock.lock();
    try {
      for (int i = 0; i < rules.size(); i++) {
        Armed armed = rules.get(i);
        if (!armed.isSpent() && armed.rule().match().means(direction, pn, lid, stanza)) {
          Armed next = armed.next();
          rules.set(i, next);
          return next.fired() > armed.fired()
              ? Optional.of(armed.rule().action())
              : Optional.empty();
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the one-time pre-keys a device has uploaded, as if others had used them.
  ///
  /// @return how many there were; 0 also for an unknown device
  public int consumePreKeys(Jid device) {
    try (var _ = world.locked()) {
      return world.directory().device(device).map(d -> d.preKeys().clear()).orElse(0);
    }
  }

  /// Writes everything a device has not answered for once more: at once if it is connected, else twice
  /// at its next login.
  ///
  /// @return how many stanzas
  public int redeliverAll(Jid device) {
    try (var _ = world.locked()) {
      return world.directory().device(device).map(world::redeliver).orElse(0);
    }
  }

  /// Cuts a companion's TCP connection now.
  ///
  /// @return false when it has none
  public boolean cut(Jid device) {
    try (var _ = world.locked()) {
      Optional<Link> link =
          world
              .directory()
              .device(device)
              .filter(d -> !d.isPhone())
              .map(Device::line)
              .flatMap(line -> line.link());
      link.ifPresent(Link::cut);
      return link.isPresent();
    }
  }
}
