package wildcat.client.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.client.session.Exchange;
import wildcat.client.session.NotConnected;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// A server as seen through an [Exchange]: knows users, their devices and keys; keeps what it was sent.
public final class FakeExchange implements Exchange {
  /// How a stanza is answered, if not as usual.
  public interface Answer {
    Node to(Node stanza) throws RequestFailed;
  }

  /// What the server knows of a user.
  public record User(Jid pn, Optional<Jid> lid, List<Peer> devices, Optional<Bytes> keyIndexes) {
    public User {
      devices = List.copyOf(devices);
    }
  }

  private final List<User> users = new ArrayList<>();
  private final List<Node> requests = new ArrayList<>();
  private final List<Node> delivered = new ArrayList<>();
  private final List<Node> sent = new ArrayList<>();
  private final Deque<Answer> ackAnswers = new ArrayDeque<>();
  private final Map<String, Deque<Answer>> requestAnswers = new HashMap<>();
  private boolean connected = true;
  private int preKeyCount = 100;
  private int nextId = 1;

  public FakeExchange with(User user) {
    users.removeIf(u -> u.pn().equals(user.pn()));
    users.add(user);
    return this;
  }

  public void preKeyCount(int count) {
    preKeyCount = count;
  }

  public void connected(boolean value) {
    connected = value;
  }

  /// The next delivered message is answered like this.
  public void nextAck(Answer answer) {
    ackAnswers.add(answer);
  }

  /// The next request whose first child is `tag` is answered like this.
  public void nextAnswer(String tag, Answer answer) {
    requestAnswers.computeIfAbsent(tag, _ -> new ArrayDeque<>()).add(answer);
  }

  /// All requests whose first child is `tag`.
  public List<Node> requests(String tag) {
    return requests.stream().filter(r -> r.child(tag).isPresent()).toList();
  }

  public List<Node> delivered() {
    return delivered;
  }

  public Node lastDelivered() {
    return delivered.getLast();
  }

  public List<Node> sent() {
    return sent;
  }

  public List<Node> sent(String tag) {
    return sent.stream().filter(s -> s.is(tag)).toList();
  }

  @Override
  public String nextId() {
    return "1." + nextId++;
  }

  @Override
  public Node request(Node iq) throws RequestFailed {
    requireConnection();
    requests.add(iq);
    String tag = iq.firstChild().orElseThrow().tag();
    Deque<Answer> prepared = requestAnswers.get(tag);
    if (prepared != null && !prepared.isEmpty()) {
      return prepared.remove().to(iq);
    }
    return switch (tag) {
      case "usync" -> usync(iq);
      case "key" -> keys(iq);
      case "count" -> result(Node.of("count").with("value", preKeyCount));
      case "registration" -> result();
      default -> throw new Rejected(501, "feature-not-implemented");
    };
  }

  @Override
  public Node deliver(Node message) throws RequestFailed {
    requireConnection();
    delivered.add(message);
    Answer answer = ackAnswers.poll();
    return answer == null ? ack(message) : answer.to(message);
  }

  @Override
  public void send(Node stanza) throws NotConnected {
    requireConnection();
    sent.add(stanza);
  }

  public static Node ack(Node message) {
    return Node.of("ack")
        .with("class", "message")
        .with("id", message.text("id"))
        .with("from", message.jid("to").orElseThrow())
        .with("t", 1_755_768_001);
  }

  private void requireConnection() throws NotConnected {
    if (!connected) {
      throw new NotConnected("closed");
    }
  }

  private static Node result(Node... children) {
    return Node.of("iq", children).with("type", "result");
  }

  private Node usync(Node iq) {
    var found = new ArrayList<Node>();
    for (Node asked : iq.path("usync", "list").orElseThrow().children()) {
      Jid jid = asked.jid("jid").orElseThrow();
      user(jid).ifPresent(user -> found.add(described(jid, user)));
    }
    return result(Node.of("usync", Node.of("list").containing(found)));
  }

  private Node described(Jid jid, User user) {
    var devices = new ArrayList<Node>();
    for (Peer device : user.devices()) {
      Node node = Node.of("device").with("id", device.jid().device());
      devices.add(
          device.jid().device() == 0 ? node : node.with("key-index", device.jid().device()));
    }
    var content = new ArrayList<Node>();
    content.add(Node.of("device-list").containing(devices));
    user.keyIndexes().ifPresent(list -> content.add(Node.of("key-index-list", list)));
    var parts = new ArrayList<Node>();
    parts.add(Node.of("devices").containing(content));
    if (jid.isPn() && user.lid().isPresent()) {
      parts.add(Node.of("lid").with("val", user.lid().get()));
    }
    return Node.of("user").with("jid", jid).containing(parts);
  }

  private Node keys(Node iq) {
    var bundles = new ArrayList<Node>();
    for (Node asked : iq.child("key").orElseThrow().children()) {
      Jid jid = asked.jid("jid").orElseThrow();
      Optional<Peer> device =
          user(jid).stream()
              .flatMap(u -> u.devices().stream())
              .filter(d -> d.jid().device() == jid.device())
              .findFirst();
      bundles.add(
          device
              .map(d -> d.bundle().with("jid", jid))
              .orElse(Node.of("user", Node.of("error").with("code", "404")).with("jid", jid)));
    }
    return result(Node.of("list").containing(bundles));
  }

  private Optional<User> user(Jid jid) {
    return users.stream()
        .filter(
            u -> u.pn().isSameUser(jid) || u.lid().map(lid -> lid.isSameUser(jid)).orElse(false))
        .findFirst();
  }
}
