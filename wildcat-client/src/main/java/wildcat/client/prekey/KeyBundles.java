package wildcat.client.prekey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Fetches the key bundles of devices we have no ratchet with.
///
/// Source: whatsmeow prekeys.go (fetchPreKeys), Baileys Utils/signal.ts.
public final class KeyBundles {
  private static final Logger log = LoggerFactory.getLogger(KeyBundles.class);

  private KeyBundles() {}

  /// Each bundle uses up a one-time pre-key of its device: to be asked for only when it is used.
  ///
  /// @param devices in the form their ratchets have
  /// @return by device; one without a readable bundle is missing
  public static Map<Jid, KeyBundle> fetch(List<Jid> devices, Exchange exchange)
      throws RequestFailed, InterruptedException {
    if (devices.isEmpty()) {
      return Map.of();
    }
    return parse(devices, exchange.request(query(devices)));
  }

  static Node query(List<Jid> devices) {
    List<Node> users =
        devices.stream()
            .map(d -> Node.of("user").with("jid", d).with("reason", "identity"))
            .toList();
    return Node.of("iq", Node.of("key").containing(users))
        .with("to", Jid.WHATSAPP)
        .with("type", "get")
        .with("xmlns", "encrypt");
  }

  static Map<Jid, KeyBundle> parse(List<Jid> asked, Node answer) {
    var bundles = new HashMap<Jid, KeyBundle>();
    List<Node> users = answer.child("list").map(l -> l.children("user")).orElse(List.of());
    for (Node user : users) {
      Optional<Jid> jid = user.jid("jid");
      if (jid.isEmpty() || !asked.contains(jid.get())) {
        continue;
      }
      Optional<Node> error = user.child("error");
      if (error.isPresent()) {
        log.atDebug().log("no keys of a device: error {}", error.get().text("code"));
        continue;
      }
      try {
        bundles.put(jid.get(), KeyBundle.parse(user));
      } catch (InvalidKey e) {
        log.atWarn().log("keys of a device ignored: {}", e.getMessage());
      }
    }
    return bundles;
  }
}
