package wildcat.simulator.answer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Device;

/// Who may see what of the account: everything is open. Source: protocol notes 06, section 5.
final class PrivacySettings implements Request {
  private static final Map<String, String> VALUES =
      new TreeMap<>(
          Map.of(
              "last", "all",
              "profile", "all",
              "status", "all",
              "online", "all",
              "readreceipts", "all",
              "groupadd", "all",
              "calladd", "all",
              "messages", "all"));

  @Override
  public Node answer(Node iq, Device from) {
    List<Node> categories =
        VALUES.entrySet().stream()
            .map(e -> Node.of("category").with("name", e.getKey()).with("value", e.getValue()))
            .toList();
    return Reply.result(iq, Node.of("privacy").containing(categories));
  }
}
