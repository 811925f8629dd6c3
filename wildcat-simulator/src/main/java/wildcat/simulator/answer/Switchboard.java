package wildcat.simulator.answer;

import java.util.Optional;
import wildcat.protocol.node.Node;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.phone.Uplink;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Link;
import wildcat.simulator.world.Waiting;
import wildcat.simulator.world.World;

/// Takes every stanza of a logged-in device to the class that answers its kind. Any thread may call; all
/// work is done under the world's lock.
public final class Switchboard implements Uplink {
  private final World world;
  private final DeviceNews news;
  private final Requests requests;
  private final Activation activation;
  private final CompanionRemoval removal;
  private final Messages messages;
  private final Receipts receipts;
  private final Acks acks;
  private final Presences presences;

  public Switchboard(World world, Depot depot) {
    this.world = world;
    news = new DeviceNews(world);
    activation = new Activation(world);
    removal = new CompanionRemoval(world, news);
    requests = new Requests(world, depot, removal, activation);
    messages = new Messages(world);
    receipts = new Receipts(world);
    acks = new Acks(world);
    presences = new Presences(world);
  }

  /// A stanza over one of the device's connections; one that was replaced has no say any more.
  void stanza(Device from, Link link, Node stanza) {
    try (var _ = world.locked()) {
      if (from.line().link().filter(link::equals).isPresent() && !from.isRemoved()) {
        accept(from, stanza);
      }
    }
  }

  @Override
  public void stanza(Device phone, Node stanza) {
    try (var _ = world.locked()) {
      accept(phone, stanza);
    }
  }

  private void accept(Device from, Node stanza) {
    switch (stanza.tag()) {
      case "iq" -> iq(from, stanza);
      case "message" -> from.line().send(messages.accept(from, stanza));
      case "receipt" -> from.line().send(receipts.accept(from, stanza));
      case "ack" -> acks.accept(from, stanza);
      case "presence" -> presences.presence(from, stanza);
      case "chatstate" -> presences.chatState(from, stanza);
      case "ib" -> ib(stanza);
      default -> {
        world.tally().unknownStanza(StanzaName.of(stanza));
        from.line()
            .send(
                Node.of("ack")
                    .with("class", stanza.tag())
                    .with("id", stanza.text("id"))
                    .with("error", 501));
      }
    }
  }

  private void iq(Device from, Node iq) {
    String type = iq.text("type");
    if (type.equals("result") || type.equals("error")) {
      return; // an answer to the server: never answered
    }
    from.line().send(requests.answer(iq, from));
    if (iq.text("xmlns").equals("passive") && iq.child("active").isPresent()) {
      activation.activate(from);
    }
  }

  /// Notes of clients that need no answer.
  private void ib(Node stanza) {
    Optional<String> child = stanza.firstChild().map(Node::tag);
    if (child.filter(c -> c.equals("unified_session") || c.equals("offline_batch")).isEmpty()) {
      world.tally().unknownStanza(StanzaName.of(stanza));
    }
  }

  @Override
  public Node request(Device phone, Node iq) {
    try (var _ = world.locked()) {
      return requests.answer(iq, phone);
    }
  }

  @Override
  public void notify(Device phone, Node notification) {
    try (var _ = world.locked()) {
      Node whole = notification.with("from", phone.account().pn()).with("t", world.seconds());
      phone.account().companions().forEach(device -> world.deliver(device, whole));
    }
  }

  @Override
  public void activate(Device phone) {
    try (var _ = world.locked()) {
      activation.activate(phone);
    }
  }

  @Override
  public void offer(Waiting waiting, Waiting.Offer offer) {
    try (var _ = world.locked()) {
      PairingConversation.offer(world, waiting, offer);
    }
  }

  @Override
  public boolean unlink(Account account, int number) {
    try (var _ = world.locked()) {
      return removal.remove(account, number);
    }
  }

  /// The connection is over.
  void gone(Device device, Link link) {
    try (var _ = world.locked()) {
      boolean wasAvailable = Presences.isAvailable(device.account());
      if (device.line().disconnect(link)) {
        presences.gone(device.account(), wasAvailable);
      }
    }
  }

  DeviceNews news() {
    return news;
  }
}
