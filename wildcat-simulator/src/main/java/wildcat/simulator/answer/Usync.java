package wildcat.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.jid.ParticipantHash;
import wildcat.protocol.node.Node;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Companion;
import wildcat.simulator.world.Device;
import wildcat.simulator.world.Profile;
import wildcat.simulator.world.World;

/// What is known of users: devices, lid, whether a number is registered, and more.
/// Source: protocol notes 05, section 2; 06, section 2; 10, section 9.
final class Usync implements Request {
  private static final int MAX_USERS = 10_000;

  private final World world;

  Usync(World world) {
    this.world = world;
  }

  @Override
  public Node answer(Node iq, Device from) {
    Node usync = iq.child("usync").orElseThrow();
    Optional<Node> query = usync.child("query");
    Optional<List<Node>> users = usync.child("list").map(list -> list.children("user"));
    if (query.isEmpty() || users.isEmpty() || users.get().size() > MAX_USERS) {
      return Reply.badRequest(iq);
    }
    List<Node> protocols = query.get().children();
    var answers = new ArrayList<Node>(users.get().size());
    for (Node user : users.get()) {
      answer(user, protocols).ifPresent(answers::add);
    }
    List<Node> echoed = protocols.stream().map(p -> Node.of(p.tag())).toList();
    Node result =
        new Node(usync.tag(), usync.attributes(), new Node.Content.Nothing())
            .containing(Node.of("result").containing(echoed), Node.of("list").containing(answers));
    return Reply.result(iq, result);
  }

  private Optional<Node> answer(Node user, List<Node> protocols) {
    Optional<Node> contact = user.child("contact");
    Optional<Jid> asked = contact.isPresent() ? number(contact.get()) : user.jid("jid");
    Optional<Account> found = asked.flatMap(world.directory()::account);
    if (asked.isEmpty() || (found.isEmpty() && contact.isEmpty())) {
      return Optional.empty();
    }
    Jid shown = asked.get();
    Node answer = Node.of("user");
    boolean byLid =
        protocols.stream()
            .anyMatch(p -> p.is("contact") && p.text("addressing_mode").equals("lid"));
    if (found.isPresent() && contact.isPresent()) {
      shown = byLid ? found.get().lid() : found.get().pn();
      answer = byLid ? answer.with("pn_jid", found.get().pn()) : answer;
    }
    var results = new ArrayList<Node>();
    for (Node protocol : protocols) {
      if (protocol.is("contact")) {
        contact.ifPresent(c -> results.add(registered(c, found.isPresent())));
      } else if (found.isPresent()) {
        result(protocol, found.get(), shown).ifPresent(results::add);
      }
    }
    return Optional.of(answer.with("jid", shown).containing(results));
  }

  /// The number asked for: `+15551234567`, without plus, or with `@c.us` behind it.
  private static Optional<Jid> number(Node contact) {
    String text = contact.bytes().orElse(Bytes.empty()).utf8();
    int at = text.indexOf('@');
    String digits = (at < 0 ? text : text.substring(0, at)).replace("+", "");
    boolean valid = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return valid ? Optional.of(Jid.pn(digits)) : Optional.empty();
  }

  private static Node registered(Node contact, boolean known) {
    return Node.of("contact", contact.bytes().orElse(Bytes.empty()))
        .with("type", known ? "in" : "out");
  }

  private Optional<Node> result(Node protocol, Account account, Jid asked) {
    return switch (protocol.tag()) {
      case "devices" -> Optional.of(devices(account, asked));
      case "lid" ->
          asked.isLid() ? Optional.empty() : Optional.of(Node.of("lid").with("val", account.lid()));
      case "status" -> Optional.of(about(account.profile()));
      case "picture" -> account.profile().picture().map(p -> Node.of("picture").with("id", p.id()));
      case "business" -> account.profile().business().map(Usync::business);
      case "disappearing_mode" ->
          Optional.of(Node.of("disappearing_mode").with("duration", 0).with("t", 0));
      // nobody here has one: the element is left out
      case "username", "bot", "sidelist", "text_status", "feature" -> Optional.empty();
      default -> {
        world.tally().unknownStanza("usync " + protocol.tag());
        yield Optional.empty();
      }
    };
  }

  private static Node about(Profile profile) {
    if (profile.privacy().getOrDefault("status", "all").equals("none")) {
      return Node.of("status").with("code", 401).with("type", "fail");
    }
    Node status = Node.of("status").with("t", profile.aboutAt());
    return profile.about().isEmpty() ? status : status.containing(Bytes.ofUtf8(profile.about()));
  }

  /// whatsmeow skips the element unless everything is there.
  private static Node business(Profile.Business business) {
    Node name =
        Node.of("verified_name", Certificates.of(business))
            .with("v", 2)
            .with("verified_level", "unknown")
            .with("host_storage", 1)
            .with("actual_actors", 1)
            .with("privacy_mode_ts", 0)
            .with("serial", "1");
    return Node.of("business", name);
  }

  private Node devices(Account account, Jid asked) {
    List<Node> list =
        account.devices().stream()
            .map(d -> {
              Node device = Node.of("device").with("id", d.number());
              return d.companion()
                  .map(Companion::keyIndex)
                  .map(index -> device.with("key-index", index))
                  .orElse(device);
            })
            .toList();
    List<Jid> jids = asked.isLid() ? DeviceNews.lids(account) : DeviceNews.pns(account);
    return Node.of(
        "devices",
        Node.of("device-list").with("hash", ParticipantHash.of(jids)).containing(list),
        Node.of("key-index-list", account.keyIndexList()).with("ts", world.seconds()));
  }
}
