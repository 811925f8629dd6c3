package wildcat.simulator.answer;

import wildcat.protocol.node.Node;

/// The shape of a stanza in a few words, to count it by: `iq set w:g2 create`.
final class StanzaName {
  private StanzaName() {}

  static String of(Node stanza) {
    var name = new StringBuilder(stanza.tag());
    append(name, stanza.text("type"));
    append(name, stanza.text("xmlns"));
    append(name, stanza.firstChild().map(Node::tag).orElse(""));
    return name.toString();
  }

  private static void append(StringBuilder name, String word) {
    if (!word.isEmpty()) {
      name.append(' ').append(word);
    }
  }
}
