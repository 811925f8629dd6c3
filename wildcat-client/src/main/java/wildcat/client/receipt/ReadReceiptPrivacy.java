package wildcat.client.receipt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.client.session.Exchange;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Whether the account's owner lets others see what he has read: asked once per connection. Thread-safe.
///
/// Source: whatsmeow privacysettings.go and receipt.go (MarkRead).
public final class ReadReceiptPrivacy {
  private volatile @Nullable Boolean known;

  /// To be called at each login, and when the settings have changed.
  public void forget() {
    known = null;
  }

  /// When the server does not answer the question with settings, others may see.
  boolean mayBeSeen(Exchange exchange) throws RequestFailed, InterruptedException {
    Boolean visible = known;
    if (visible == null) {
      visible = ask(exchange);
      known = visible;
    }
    return visible;
  }

  private static boolean ask(Exchange exchange) throws RequestFailed, InterruptedException {
    Node answer;
    try {
      answer =
          exchange.request(
              Node.of("iq", Node.of("privacy"))
                  .with("to", Jid.WHATSAPP)
                  .with("type", "get")
                  .with("xmlns", "privacy"));
    } catch (Rejected _) {
      return true;
    }
    Optional<Node> settings = answer.child("privacy");
    return settings.isEmpty()
        || settings.get().children("category").stream()
            .noneMatch(
                c -> c.text("name").equals("readreceipts") && c.text("value").equals("none"));
  }
}
