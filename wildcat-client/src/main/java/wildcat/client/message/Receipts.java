package wildcat.client.message;

import wildcat.protocol.node.Node;

/// Writes receipts for received messages. Source: whatsmeow receipt.go, Baileys messages-send.ts.
final class Receipts {
  private Receipts() {}

  /// A receipt that mirrors the addresses of `message` as they came.
  ///
  /// @param type "" for delivered
  static Node of(Node message, String type) {
    Node receipt = Node.of("receipt").with("id", message.text("id"));
    for (Node.Attribute attribute : message.attributes()) {
      switch (attribute.key()) {
        case "from" -> receipt = with(receipt, "to", attribute.value());
        case "participant", "recipient" ->
            receipt = with(receipt, attribute.key(), attribute.value());
        default -> {}
      }
    }
    return type.isEmpty() ? receipt : receipt.with("type", type);
  }

  private static Node with(Node node, String key, Node.Value value) {
    return switch (value) {
      case Node.Value.Text(String text) -> node.with(key, text);
      case Node.Value.Address(var jid) -> node.with(key, jid);
    };
  }
}
