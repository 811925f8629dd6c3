package wildcat.simulator.answer;

import java.util.List;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;

/// The switches by which the server steers clients (`abt`). Source: protocol notes 06, section 1.
final class ServerProperties implements Request {
  private static final String HASH = "wildcat-1";

  /// Trusted-contact tokens in messages, in picture queries, issued to lids (protocol notes 05, 4.2).
  private static final List<Integer> ON = List.of(10518, 9666, 14303);

  @Override
  public Node answer(Node iq, Device from) {
    Node props =
        Node.of("props")
            .with("protocol", "1")
            .with("hash", HASH)
            .with("ab_key", "sim")
            .with("refresh", 86_400)
            .with("refresh_id", 1);
    boolean known =
        iq.child("props").flatMap(p -> p.attribute("hash")).filter(HASH::equals).isPresent();
    return Reply.result(iq, known ? props : props.containing(switches()));
  }

  private static List<Node> switches() {
    return ON.stream()
        .map(code -> Node.of("prop").with("config_code", code).with("config_value", "true"))
        .toList();
  }
}
