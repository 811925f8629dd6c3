package wildcat.simulator.answer;

import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// The frames of answers.
final class Reply {
  private Reply() {}

  /// A result with the given children, or an empty one.
  static Node result(Node iq, Node... children) {
    Node empty = reply(iq, "result");
    return children.length == 0 ? empty : empty.containing(children);
  }

  static Node error(Node iq, int code, String text) {
    return reply(iq, "error").containing(Node.of("error").with("code", code).with("text", text));
  }

  static Node badRequest(Node iq) {
    return error(iq, 400, "bad-request");
  }

  private static Node reply(Node iq, String type) {
    return Node.of("iq")
        .with("from", iq.jid("to").orElse(Jid.WHATSAPP))
        .with("id", iq.text("id"))
        .with("type", type);
  }

  static Node streamError(int code) {
    return Node.of("stream:error").with("code", code);
  }

  /// The end of a connection because of another event with the same device.
  static Node conflict(String type) {
    Node error = Node.of("stream:error", Node.of("conflict").with("type", type));
    return type.equals("device_removed") ? error.with("code", 401) : error;
  }

  static Node failure(int reason) {
    return Node.of("failure").with("reason", reason).with("location", "sim");
  }
}
