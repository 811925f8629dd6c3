package wildcat.client.contact;

import java.util.List;
import java.util.Optional;
import wildcat.client.session.Exchange;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// What businesses say of themselves. Asks the server; nothing is cached.
///
/// Source: whatsmeow user.go (GetBusinessProfile), Baileys Socket/chats.ts (getBusinessProfile).
public final class BusinessProfiles {
  private static final int MAX_VALUES = 64;

  /// Texts are "" where the business says nothing.
  ///
  /// @param timezone of the hours
  public record BusinessProfile(
      String address,
      String email,
      String description,
      List<String> websites,
      List<String> categories,
      String timezone,
      List<Hours> hours) {
    public BusinessProfile {
      websites = List.copyOf(websites);
      categories = List.copyOf(categories);
      hours = List.copyOf(hours);
    }
  }

  /// @param day `mon`, …
  /// @param mode `specific_hours`, `open_24h` or `appointment_only`
  /// @param openMinute minutes after midnight, where the mode has them
  public record Hours(
      String day, String mode, Optional<Long> openMinute, Optional<Long> closeMinute) {}

  /// @param business by pn; the server knows no other
  /// @return empty when it is no business, or has no profile
  public Optional<BusinessProfile> find(Jid business, Exchange exchange)
      throws RequestFailed, InterruptedException {
    Node query =
        Node.of("business_profile", Node.of("profile").with("jid", business)).with("v", "244");
    try {
      return exchange
          .request(
              Node.of("iq", query)
                  .with("to", Jid.WHATSAPP)
                  .with("type", "get")
                  .with("xmlns", "w:biz"))
          .path("business_profile", "profile")
          .map(BusinessProfiles::profile);
    } catch (Rejected e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static BusinessProfile profile(Node node) {
    Optional<Node> hours = node.child("business_hours");
    return new BusinessProfile(
        text(node, "address"),
        text(node, "email"),
        text(node, "description"),
        node.children("website").stream().limit(MAX_VALUES).map(BusinessProfiles::text).toList(),
        node.child("categories").map(c -> c.children("category")).orElse(List.of()).stream()
            .limit(MAX_VALUES)
            .map(BusinessProfiles::text)
            .toList(),
        hours.map(h -> h.text("timezone")).orElse(""),
        hours.map(h -> h.children("business_hours_config")).orElse(List.of()).stream()
            .limit(MAX_VALUES)
            .map(h ->
                new Hours(
                    h.text("day_of_week"),
                    h.text("mode"),
                    h.number("open_time"),
                    h.number("close_time")))
            .toList());
  }

  private static String text(Node node, String child) {
    return node.child(child).map(BusinessProfiles::text).orElse("");
  }

  private static String text(Node node) {
    return node.bytes().map(Bytes::utf8).orElse("");
  }
}
