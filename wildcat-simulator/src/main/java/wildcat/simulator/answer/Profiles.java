package wildcat.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Profile;
import wildcat.simulator.world.World;

/// Pictures, about texts, business profiles, privacy settings and block lists.
/// Source: protocol notes 06, section 5.
final class Profiles {
  private static final int MAX_PICTURE_BYTES = 4 << 20;
  private static final int MAX_ABOUT_BYTES = 1_024;

  private final World world;
  private final ProfileNews news;

  Profiles(World world, ProfileNews news) {
    this.world = world;
    this.news = news;
  }

  /// Where a picture is; the client fetches it by HTTP.
  Node picture(Node iq, Device from) {
    Node query = iq.child("picture").orElseThrow();
    Optional<Account> whose = iq.jid("target").flatMap(world.directory()::account);
    Optional<Profile.Picture> picture = whose.flatMap(account -> account.profile().picture());
    boolean shown =
        whose
            .map(account ->
                account == from.account()
                    || !"none".equals(account.profile().privacy().get("profile")))
            .orElse(true);
    if (!shown) {
      return Reply.error(iq, 401, "not-authorized");
    }
    if (picture.isEmpty()) {
      return Reply.error(iq, 404, "item-not-found");
    }
    String id = picture.get().id();
    if (query.text("id").equals(id)) {
      return Reply.result(iq, Node.of("picture").with("status", 304));
    }
    String path = "/pictures/" + whose.orElseThrow().pn().user() + "/" + id;
    return Reply.result(
        iq,
        Node.of("picture")
            .with("id", id)
            .with("type", query.text("type"))
            .with("url", world.httpAddress() + path)
            .with("direct_path", path));
  }

  Node setPicture(Node iq, Device from) {
    if (iq.jid("target").filter(jid -> !jid.isUser()).isPresent()) {
      return Reply.error(iq, 501, "feature-not-implemented"); // of a group
    }
    Optional<Bytes> jpeg =
        iq.child("picture").flatMap(Node::bytes).filter(bytes -> !bytes.isEmpty());
    if (jpeg.isPresent() && (jpeg.get().length() > MAX_PICTURE_BYTES || !isJpeg(jpeg.get()))) {
      return Reply.error(iq, 406, "not-acceptable");
    }
    Account account = from.account();
    account
        .profile()
        .picture(
            jpeg.map(bytes ->
                new Profile.Picture(
                    Long.toString(world.chance().shared().nextLong() >>> 1), bytes)));
    news.picture(account);
    return jpeg.isEmpty()
        ? Reply.result(iq)
        : Reply.result(
            iq, Node.of("picture").with("id", account.profile().picture().orElseThrow().id()));
  }

  private static boolean isJpeg(Bytes bytes) {
    return bytes.length() > 3 && bytes.at(0) == (byte) 0xFF && bytes.at(1) == (byte) 0xD8;
  }

  Node setAbout(Node iq, Device from) {
    Bytes text = iq.child("status").flatMap(Node::bytes).orElse(Bytes.empty());
    if (text.length() > MAX_ABOUT_BYTES) {
      return Reply.error(iq, 406, "not-acceptable");
    }
    from.account().profile().about(text.utf8(), world.seconds());
    news.about(from.account());
    return Reply.result(iq);
  }

  Node privacy(Node iq, Device from) {
    return Reply.result(iq, privacy(from.account()));
  }

  private static Node privacy(Account account) {
    List<Node> categories = new ArrayList<>();
    for (Map.Entry<String, String> e : account.profile().privacy().entrySet()) {
      categories.add(Node.of("category").with("name", e.getKey()).with("value", e.getValue()));
    }
    return Node.of("privacy").containing(categories);
  }

  Node setPrivacy(Node iq, Device from) {
    for (Node category : iq.child("privacy").orElseThrow().children("category")) {
      if (!from.account().profile().privacy(category.text("name"), category.text("value"))) {
        return Reply.badRequest(iq);
      }
    }
    return Reply.result(iq, privacy(from.account()));
  }

  Node blocklist(Node iq, Device from) {
    return Reply.result(iq, list(from.account()));
  }

  private static Node list(Account account) {
    List<Node> items = new ArrayList<>();
    for (Account blocked : account.profile().blocked()) {
      items.add(Node.of("item").with("jid", blocked.lid()).with("pn_jid", blocked.pn()));
    }
    return Node.of("list").with("addressing_mode", "lid").containing(items);
  }

  Node changeBlocklist(Node iq, Device from) {
    Node item = iq.child("item").orElseThrow();
    boolean block = item.text("action").equals("block");
    Optional<Account> other = item.jid("jid").flatMap(world.directory()::account);
    boolean named = item.jid("jid").map(Jid::isLid).orElse(false);
    if (!block && !item.text("action").equals("unblock")) {
      return Reply.badRequest(iq);
    }
    if (other.isEmpty() || !named || (block && item.jid("pn_jid").isEmpty())) {
      return Reply.badRequest(iq); // by lid, and with the number when it blocks
    }
    from.account().profile().block(other.get(), block);
    news.blocked(from, other.get(), block);
    return Reply.result(iq, list(from.account()));
  }

  Node business(Node iq, Device from) {
    Optional<Jid> asked = iq.path("business_profile", "profile").flatMap(p -> p.jid("jid"));
    Optional<Account> account = asked.flatMap(world.directory()::account);
    Optional<Profile.Business> business = account.flatMap(a -> a.profile().business());
    if (business.isEmpty()) {
      return Reply.result(iq, Node.of("business_profile").containing());
    }
    Node profile =
        Node.of(
                "profile",
                Node.of("address"),
                Node.of("email", Bytes.ofUtf8(business.get().email())),
                Node.of("website", Bytes.ofUtf8(business.get().website())),
                Node.of("description", Bytes.ofUtf8(business.get().description())),
                Node.of(
                    "categories",
                    Node.of("category", Bytes.ofUtf8("Shopping & Retail")).with("id", "1")),
                Node.of(
                        "business_hours",
                        Node.of("business_hours_config")
                            .with("day_of_week", "mon")
                            .with("mode", "specific_hours")
                            .with("open_time", 540)
                            .with("close_time", 1_080))
                    .with("timezone", "Europe/Berlin"))
            .with("jid", asked.orElseThrow());
    return Reply.result(iq, Node.of("business_profile", profile));
  }
}
