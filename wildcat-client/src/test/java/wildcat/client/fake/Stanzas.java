package wildcat.client.fake;

import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Stanzas a server sends.
public final class Stanzas {
  private Stanzas() {}

  public static Node iq(String id, String namespace, Node... children) {
    return Node.of("iq")
        .with("from", Jid.WHATSAPP)
        .with("id", id)
        .with("type", "get")
        .with("xmlns", namespace)
        .containing(children);
  }

  public static Node ib(Node child) {
    return Node.of("ib", child).with("from", Jid.WHATSAPP);
  }

  public static Node failure(int reason) {
    return Node.of("failure").with("reason", reason).with("location", "frc");
  }

  public static Node notification(String id, String type) {
    return Node.of("notification")
        .with("from", Jid.WHATSAPP)
        .with("id", id)
        .with("type", type)
        .with("t", 1_755_768_000);
  }
}
