package wildcat.client.contact;

import java.time.Instant;
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

/// About texts. Asks the server; nothing is cached.
///
/// Source: whatsmeow user.go (GetUserInfo), Baileys Socket/chats.ts (fetchStatus, updateProfileStatus).
public final class Abouts {
  public static final int MAX_CHARACTERS = 139;

  private static final long YEAR_9999 = 253_402_300_799L;

  private final LidMap lids;

  public Abouts(LidMap lids) {
    this.lids = lids;
  }

  /// @param text "" when the person has none
  /// @param setAt as far as known
  public record About(String text, Optional<Instant> setAt) {
    @Override
    public String toString() {
      return "about";
    }
  }

  /// @return empty when the person is unknown or does not show it to us
  public Optional<About> find(Jid person, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    Jid asked = lids.lidOrSame(person);
    List<Node> users = List.of(Node.of("user").with("jid", asked));
    return parse(
        exchange.request(Usync.query("interactive", exchange.nextId(), users, Node.of("status"))));
  }

  static Optional<About> parse(Node answer) {
    for (Map.Entry<Jid, Node> user : Usync.users(answer)) {
      Optional<Node> status =
          user.getValue().child("status").filter(s -> !s.text("type").equals("fail"));
      if (status.isPresent()) {
        Optional<Instant> at =
            status
                .get()
                .number("t")
                .filter(t -> t > 0 && t <= YEAR_9999)
                .map(Instant::ofEpochSecond);
        return Optional.of(new About(status.get().bytes().map(Bytes::utf8).orElse(""), at));
      }
    }
    return Optional.empty();
  }

  /// Sets our own.
  ///
  /// @param text at most [#MAX_CHARACTERS]
  public void set(String text, Exchange exchange) throws RequestFailed, InterruptedException {
    var _ =
        exchange.request(
            Node.of("iq", Node.of("status", Bytes.ofUtf8(text)))
                .with("to", Jid.WHATSAPP)
                .with("type", "set")
                .with("xmlns", "status"));
  }
}
