package wildcat.client.contact;

import java.net.URI;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.session.Exchange;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Pictures of people and groups, and our own. Asks the server; nothing is cached.
///
/// Source: whatsmeow user.go (GetProfilePictureInfo), Baileys Socket/chats.ts (updateProfilePicture).
public final class Pictures {
  /// Of a picture to set. WhatsApp's own clients send 640 x 640 pixels.
  public static final int MAX_BYTES = 2 << 20;

  private static final String NAMESPACE = "w:profile:picture";

  private final LidMap lids;

  public Pictures(LidMap lids) {
    this.lids = lids;
  }

  /// Where a picture can be fetched, for some days.
  ///
  /// @param id changes with the picture
  public record Picture(String id, URI url) {}

  /// @param preview the small one
  /// @return empty when there is none, or the person does not show it to us
  public Optional<Picture> find(Jid of, boolean preview, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    Node picture =
        Node.of("picture").with("type", preview ? "preview" : "image").with("query", "url");
    try {
      return parse(
          exchange.request(
              Node.of("iq", picture)
                  .with("to", Jid.WHATSAPP)
                  .with("target", lids.lidOrSame(of))
                  .with("type", "get")
                  .with("xmlns", NAMESPACE)));
    } catch (Rejected e) {
      return switch (e.code()) {
        case 401, 404 -> Optional.empty();
        default -> throw e;
      };
    }
  }

  static Optional<Picture> parse(Node answer) {
    Optional<Node> picture = answer.child("picture");
    if (picture.isEmpty() || picture.get().text("url").isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(picture.get().text("url"));
      return Optional.of(new Picture(picture.get().text("id"), url));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Sets our own picture, or that of a group we may change.
  ///
  /// @param jpeg at most [#MAX_BYTES]
  /// @return the new picture's id
  public String set(Optional<Jid> group, Bytes jpeg, Exchange exchange)
      throws RequestFailed, InterruptedException {
    Node answer = exchange.request(change(group, Node.of("picture", jpeg).with("type", "image")));
    return answer.child("picture").map(picture -> picture.text("id")).orElse("");
  }

  public void remove(Optional<Jid> group, Exchange exchange)
      throws RequestFailed, InterruptedException {
    var _ = exchange.request(change(group, Node.of("picture").with("type", "image")));
  }

  private static Node change(Optional<Jid> group, Node picture) {
    Node iq =
        Node.of("iq", picture)
            .with("to", Jid.WHATSAPP)
            .with("type", "set")
            .with("xmlns", NAMESPACE);
    return group.isPresent() ? iq.with("target", group.get()) : iq;
  }
}
