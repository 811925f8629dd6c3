package wildcat.client.session;

import java.util.Set;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Stanzas as they may stand in a log: XML, payloads as sizes, people as the last two digits of their
/// address, and no text that a person wrote (names, subjects).
final class StanzaLog {
  private static final int MAX_CHARACTERS = 1_000;
  private static final int SHOWN_DIGITS = 2;

  /// Attributes whose text is the protocol's own, never a person's.
  private static final Set<String> SHOWN =
      Set.of(
          "addressing_mode",
          "category",
          "class",
          "code",
          "context",
          "count",
          "edit",
          "error",
          "expire",
          "id",
          "index",
          "key-index",
          "last",
          "location",
          "mediatype",
          "message",
          "mode",
          "notification",
          "offline",
          "passive",
          "platform",
          "reason",
          "receipt",
          "sid",
          "stage",
          "t",
          "text",
          "timestamp",
          "ts",
          "type",
          "v",
          "value",
          "version",
          "xmlns");

  private final StringBuilder xml = new StringBuilder();

  private StanzaLog() {}

  static String text(Node stanza) {
    var log = new StanzaLog();
    log.append(stanza);
    return log.xml.toString();
  }

  private void append(Node node) {
    if (xml.length() > MAX_CHARACTERS) {
      return;
    }
    xml.append('<').append(node.tag());
    for (Node.Attribute attribute : node.attributes()) {
      xml.append(' ').append(attribute.key()).append("=\"");
      xml.append(shown(attribute)).append('"');
    }
    switch (node.content()) {
      case Node.Content.Nothing _ -> xml.append("/>");
      case Node.Content.Children(var nodes) -> {
        xml.append('>');
        nodes.forEach(this::append);
        close(node);
      }
      case Node.Content.Data(var bytes) -> {
        xml.append('>').append(bytes.length()).append(" B");
        close(node);
      }
      case Node.Content.Text(var text) -> {
        xml.append('>').append(text.length()).append(" characters");
        close(node);
      }
    }
    if (xml.length() > MAX_CHARACTERS) {
      xml.setLength(MAX_CHARACTERS);
      xml.append("…");
    }
  }

  private void close(Node node) {
    xml.append("</").append(node.tag()).append('>');
  }

  private static String shown(Node.Attribute attribute) {
    return switch (attribute.value()) {
      case Node.Value.Address(Jid jid) -> scrub(jid);
      case Node.Value.Text(String text) ->
          SHOWN.contains(attribute.key())
              ? scrubbed(text)
              : Jid.parse(text).map(StanzaLog::scrub).orElse(text.length() + " characters");
    };
  }

  /// `…67:7@lid`.
  static String scrub(Jid jid) {
    String user = jid.user();
    return (user.length() <= SHOWN_DIGITS
            ? user
            : "…" + user.substring(user.length() - SHOWN_DIGITS))
        + (jid.device() == 0 ? "" : ":" + jid.device())
        + "@"
        + jid.server();
  }

  /// Even an id may be made of an address.
  private static String scrubbed(String text) {
    return text.contains("@") ? Jid.parse(text).map(StanzaLog::scrub).orElse("…") : text;
  }
}
