package wildcat.simulator.connection;

import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// What faults put in the place of a stanza or its answer.
final class FaultyStanzas {
  /// Counted from the end, this byte lies in the ciphertext or the MAC of every kind of `<enc>`.
  private static final int FROM_END = 16;

  private FaultyStanzas() {}

  /// With one bit flipped in every ciphertext.
  static Node corrupted(Node stanza) {
    if (stanza.children().isEmpty()) {
      return stanza;
    }
    return stanza.containing(
        stanza.children().stream()
            .map(child ->
                switch (child.tag()) {
                  case "enc" -> child.containing(flipped(child.bytes().orElse(Bytes.empty())));
                  case "participants", "to" -> corrupted(child);
                  default -> child;
                })
            .toList());
  }

  private static Bytes flipped(Bytes bytes) {
    byte[] copy = bytes.toArray();
    if (copy.length > 0) {
      copy[Math.max(copy.length - FROM_END, 0)] ^= 1;
    }
    return Bytes.wrap(copy);
  }

  static Node streamError(int code) {
    return Node.of("stream:error").with("code", code);
  }

  static Node iqError(Node iq, int code, String text) {
    return Node.of("iq", Node.of("error").with("code", code).with("text", text))
        .with("from", iq.jid("to").orElse(Jid.WHATSAPP))
        .with("id", iq.text("id"))
        .with("type", "error");
  }

  static Node ackError(Node stanza, int code) {
    return Node.of("ack")
        .with("class", stanza.tag())
        .with("id", stanza.text("id"))
        .with("from", stanza.jid("to").orElse(Jid.WHATSAPP))
        .with("error", code);
  }
}
