package wildcat.client.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.protocol.node.Node;

/// The stanza that tells the server "handled, do not deliver again".
///
/// Source: whatsmeow receipt.go (sendAck), Baileys stanza-ack.ts.
public final class Acks {
  private static final Logger log = LoggerFactory.getLogger(Acks.class);

  /// The codes of a refusal, in the `error` attribute.
  public static final int UNPARSABLE = 487;

  public static final int UNRECOGNISED = 488;
  public static final int INVALID_PROTOBUF = 491;

  private Acks() {}

  /// The ack of a `message`, `receipt`, `notification` or `call`: addresses are mirrored as they came, the
  /// type is copied for everything but messages.
  public static Node of(Node stanza) {
    Node ack = Node.of("ack").with("class", stanza.tag()).with("id", stanza.text("id"));
    for (Node.Attribute attribute : stanza.attributes()) {
      switch (attribute.key()) {
        case "from" -> ack = with(ack, "to", attribute.value());
        case "participant", "recipient" -> ack = with(ack, attribute.key(), attribute.value());
        case "type" -> {
          if (!stanza.is("message")) {
            ack = with(ack, "type", attribute.value());
          }
        }
        default -> {}
      }
    }
    return ack;
  }

  /// The same as a refusal.
  public static Node of(Node stanza, int error) {
    return of(stanza).with("error", error);
  }

  /// Sends [#of(Node)]. When the connection is gone there is nobody to tell: the server will deliver the
  /// stanza again, and the handler will know it.
  public static void acknowledge(Node stanza, Exchange exchange) {
    send(of(stanza), exchange);
  }

  /// Sends any answer to a stanza, under the same rule.
  public static void send(Node answer, Exchange exchange) {
    try {
      exchange.send(answer);
    } catch (NotConnected e) {
      log.atDebug().log("{} not sent: {}", answer.tag(), e.getMessage());
    }
  }

  private static Node with(Node node, String key, Node.Value value) {
    return switch (value) {
      case Node.Value.Text(String text) -> node.with(key, text);
      case Node.Value.Address(var jid) -> node.with(key, jid);
    };
  }
}
