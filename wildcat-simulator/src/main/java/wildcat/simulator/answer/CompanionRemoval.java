package wildcat.simulator.answer;

import java.util.Optional;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// A companion is taken off its account: by itself (this request) or by its phone. Its connection ends,
/// its later logins are refused. Source: protocol notes 03, section 7.
final class CompanionRemoval implements Request {
  private final World world;
  private final DeviceNews news;

  CompanionRemoval(World world, DeviceNews news) {
    this.world = world;
    this.news = news;
  }

  @Override
  public Node answer(Node iq, Device from) {
    Optional<Device> named =
        iq.child("remove-companion-device")
            .flatMap(n -> n.jid("jid"))
            .flatMap(world.directory()::device)
            .filter(d -> d.account() == from.account() && !d.isPhone());
    if (named.isEmpty()) {
      return Reply.error(iq, 404, "item-not-found");
    }
    Node answer = Reply.result(iq);
    if (named.get() == from) {
      from.line().send(answer);
    }
    remove(named.get());
    return answer;
  }

  /// @return false when it is not a companion of the account any more
  boolean remove(Account account, int number) {
    Optional<Device> companion = account.device(number).filter(d -> !d.isPhone());
    companion.ifPresent(this::remove);
    return companion.isPresent();
  }

  private void remove(Device companion) {
    world.unlink(companion);
    news.unlinked(companion);
    companion.line().link().ifPresent(link -> link.end(Reply.conflict("device_removed")));
  }
}
