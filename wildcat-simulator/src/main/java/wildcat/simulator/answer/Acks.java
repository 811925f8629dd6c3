package wildcat.simulator.answer;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Delivery.Completion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// A device has handled a stanza: it leaves the queue. Nothing is answered.
/// Source: protocol notes 05, section 6.3.
final class Acks {
  private static final Set<String> CLASSES = Set.of("message", "receipt", "notification", "call");

  private final World world;

  Acks(World world) {
    this.world = world;
  }

  void accept(Device from, Node ack) {
    String acked = ack.text("class");
    if (!CLASSES.contains(acked)) {
      world.tally().unknownStanza("ack " + acked);
      return;
    }
    Completion how = ack.attribute("error").isPresent() ? Completion.NACK : Completion.ACK;
    from.queue()
        .complete(acked, ack.text("id"), sameSender(world, ack.jid("to")), how, world.now());
  }

  /// Whether a stanza's from is the one that is answered; a user counts in either form, whatever device.
  static Predicate<Jid> sameSender(World world, Optional<Jid> to) {
    Optional<Account> account = to.flatMap(world.directory()::account);
    return from ->
        to.filter(from::equals).isPresent()
            || (account.isPresent() && account.equals(world.directory().account(from)));
  }
}
