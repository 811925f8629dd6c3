package wildcat.client.contact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Which phone numbers are on WhatsApp. Nothing is cached, except that lids are learned on the way.
///
/// Source: whatsmeow user.go (IsOnWhatsApp), Baileys Socket/chats.ts (onWhatsApp).
public final class NumberCheck {
  /// So many numbers are asked for in one query.
  static final int PER_QUERY = 100;

  private final LidMap lids;

  public NumberCheck(LidMap lids) {
    this.lids = lids;
  }

  /// What the server says of one number.
  ///
  /// @param number digits, as asked
  /// @param pn empty when it is not on WhatsApp
  public record Checked(String number, Optional<Jid> pn, Optional<Jid> lid) {
    @Override
    public String toString() {
      return "checked number";
    }
  }

  /// @param numbers digits with country code
  /// @return in the order asked; repeated numbers once
  public List<Checked> check(List<String> numbers, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    var found = new LinkedHashMap<String, Checked>();
    for (String number : numbers) {
      found.put(number, new Checked(number, Optional.empty(), Optional.empty()));
    }
    List<String> asked = List.copyOf(found.keySet());
    for (int from = 0; from < asked.size(); from += PER_QUERY) {
      List<String> some = asked.subList(from, Math.min(from + PER_QUERY, asked.size()));
      for (Checked checked : parse(exchange.request(query(some, exchange.nextId())))) {
        if (found.containsKey(checked.number())) {
          found.put(checked.number(), learned(checked));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private Checked learned(Checked checked) throws StoreFailed, InterruptedException {
    if (checked.pn().isEmpty()) {
      return checked;
    }
    Jid pn = checked.pn().get();
    if (checked.lid().isPresent()) {
      lids.learn(pn, checked.lid().get());
    }
    return new Checked(checked.number(), checked.pn(), lids.twin(pn).or(checked::lid));
  }

  static Node query(List<String> numbers, String sid) {
    List<Node> users =
        numbers.stream()
            .map(number -> Node.of("user", Node.of("contact").containingText("+" + number)))
            .toList();
    return Usync.query("interactive", sid, users, Node.of("contact"), Node.of("lid"));
  }

  static List<Checked> parse(Node answer) {
    var found = new ArrayList<Checked>();
    for (Map.Entry<Jid, Node> user : Usync.users(answer)) {
      Optional<Node> contact = user.getValue().child("contact");
      String text = contact.flatMap(Node::bytes).map(Bytes::utf8).orElse("");
      String number = text.startsWith("+") ? text.substring(1) : text;
      boolean on = contact.map(c -> c.text("type").equals("in")).orElse(false);
      if (on) {
        Jid jid = user.getKey();
        Optional<Jid> pn = jid.isPn() ? Optional.of(jid) : user.getValue().jid("pn_jid");
        Optional<Jid> lid =
            jid.isLid()
                ? Optional.of(jid)
                : user.getValue().child("lid").flatMap(l -> l.jid("val"));
        found.add(new Checked(number, pn.or(() -> Optional.of(Jid.pn(number))), lid));
      }
    }
    return found;
  }
}
