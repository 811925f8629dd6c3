package wildcat.simulator.answer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.World;

/// A device is ready for its messages: what waits is written, between the two markers that clients wait
/// for. Source: protocol notes 05, section 9, and 10, section 12.
final class Activation implements Request {
  /// Type of the notification to the phone.
  private static final String COMPANION_READY = "companion_ready";

  private static final List<String> KINDS = List.of("message", "receipt", "notification", "call");

  private final World world;

  Activation(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    // the queue follows behind the answer: the asking stanza is answered first
    return Reply.result(iq);
  }

  /// Writes the queue of a device that was not active yet.
  void activate(Device device) {
    if (device.line().isActive() || device.line().link().isEmpty()) {
      return;
    }
    List<Node> waiting = device.queue().waiting();
    device.line().send(Node.of("ib", preview(waiting)).with("from", Jid.WHATSAPP));
    boolean twice = device.takeReplay();
    int position = 0;
    for (Node stanza : waiting) {
      Node offline = stanza.with("offline", position);
      device.line().send(offline);
      if (twice) {
        device.line().send(offline);
      }
      position++;
    }
    device.queue().sentAll();
    if (twice) {
      device.queue().sentAll();
    }
    device
        .line()
        .send(
            Node.of("ib", Node.of("offline").with("count", waiting.size()))
                .with("from", Jid.WHATSAPP));
    device.line().activate();
    if (!device.isPhone() && device.isFirstWelcome()) {
      world.deliver(device.account().phone(), ready(device));
    }
  }

  /// Tells the phone that its new companion is there: it sends keys and history then. (What the real
  /// server says here is not known; nobody else sees it.)
  private Node ready(Device companion) {
    return Node.of("notification", Node.of("device").with("jid", companion.pn()))
        .with("from", Jid.WHATSAPP)
        .with("id", world.nextStanzaId())
        .with("type", COMPANION_READY)
        .with("t", world.seconds());
  }

  private static Node preview(List<Node> waiting) {
    Map<String, Integer> counts = new TreeMap<>();
    waiting.forEach(stanza -> counts.merge(stanza.tag(), 1, Integer::sum));
    Node preview = Node.of("offline_preview").with("count", waiting.size());
    for (String kind : KINDS) {
      preview = preview.with(kind, counts.getOrDefault(kind, 0));
    }
    return preview.with("appdata", 0).with("status", 0);
  }
}
