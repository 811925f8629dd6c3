package wildcat.client.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// The frame of a server query (*usync*) about users. Source: whatsmeow user.go (usync).
final class Usync {
  private Usync() {}

  static Node query(String context, String sid, List<Node> users, Node... protocols) {
    Node usync =
        Node.of("usync", Node.of("query", protocols), Node.of("list").containing(users))
            .with("sid", sid)
            .with("mode", "query")
            .with("last", "true")
            .with("index", "0")
            .with("context", context);
    return Node.of("iq", usync).with("to", Jid.WHATSAPP).with("type", "get").with("xmlns", "usync");
  }

  /// What the answer has of each user.
  static List<Map.Entry<Jid, Node>> users(Node answer) {
    var users = new ArrayList<Map.Entry<Jid, Node>>();
    for (Node user : answer.path("usync", "list").map(l -> l.children("user")).orElse(List.of())) {
      Optional<Jid> jid = user.jid("jid");
      jid.ifPresent(known -> users.add(Map.entry(known.withoutDevice(), user)));
    }
    return users;
  }
}
