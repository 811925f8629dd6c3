package wildcat.simulator.answer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// Who is online, and who wants to know; and who is typing. Nothing of it waits for a device that is not
/// there. Source: protocol notes 05, section 13, and 10, section 13.
final class Presences {
  private record Subscription(Device device, boolean byLid) {}

  private final World world;
  private final Map<Account, Set<Subscription>> subscribers = new HashMap<>();
  private final Map<Account, Long> lastSeen = new HashMap<>();

  Presences(World world) {
    this.world = world;
  }

  void presence(Device from, Node stanza) {
    switch (stanza.text("type")) {
      case "subscribe" -> stanza.jid("to").ifPresent(to -> subscribe(from, to));
      case "", "available", "unavailable" -> show(from, stanza);
      default -> world.tally().unknownStanza("presence " + stanza.text("type"));
    }
  }

  private void show(Device from, Node stanza) {
    stanza.attribute("name").filter(name -> !name.isBlank()).ifPresent(from.account()::pushName);
    if (stanza.attribute("type").isPresent()) {
      boolean before = isAvailable(from.account());
      from.line().available(stanza.text("type").equals("available"));
      tell(from.account(), before);
    }
  }

  /// A connection has ended; the device is not available any more.
  void gone(Account account, boolean wasAvailable) {
    tell(account, wasAvailable);
  }

  static boolean isAvailable(Account account) {
    return account.devices().stream().anyMatch(d -> d.line().isAvailable());
  }

  private void tell(Account account, boolean before) {
    boolean now = isAvailable(account);
    if (before && !now) {
      lastSeen.put(account, world.seconds());
    }
    if (before != now) {
      for (Subscription subscription : subscribers.getOrDefault(account, Set.of())) {
        subscription.device().line().send(state(account, subscription.byLid()));
      }
    }
  }

  private void subscribe(Device from, Jid to) {
    Optional<Account> account = world.directory().account(to);
    if (account.isEmpty()) {
      return;
    }
    subscribers
        .computeIfAbsent(account.get(), _ -> new HashSet<>())
        .add(new Subscription(from, to.isLid()));
    if (isAvailable(account.get()) || lastSeen.containsKey(account.get())) {
      from.line().send(state(account.get(), to.isLid()));
    }
  }

  private Node state(Account account, boolean byLid) {
    Node presence = Node.of("presence").with("from", byLid ? account.lid() : account.pn());
    return isAvailable(account)
        ? presence
        : presence
            .with("type", "unavailable")
            .with("last", lastSeen.getOrDefault(account, world.seconds()));
  }

  void chatState(Device from, Node stanza) {
    Optional<Jid> to = stanza.jid("to");
    Optional<Account> target = to.flatMap(world.directory()::account);
    target.ifPresent(account -> {
      Node copy =
          Node.of("chatstate")
              .with("from", from.account().in(to.orElseThrow()))
              .containing(stanza.children());
      account.devices().stream().filter(d -> d.line().isActive()).forEach(d -> d.line().send(copy));
    });
  }
}
