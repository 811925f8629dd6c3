package wildcat.protocol.node;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// Nodes of any shape, from a seeded source.
final class RandomNodes {
  private static final List<String> WORDS =
      List.of("id", "type", "to", "from", "peer_msg", "usync", "w:p", "xmlstreamend", "count");
  private static final List<String> SERVERS =
      List.of(
          Jid.PN_SERVER,
          Jid.LID_SERVER,
          Jid.GROUP_SERVER,
          Jid.BROADCAST_SERVER,
          Jid.NEWSLETTER_SERVER,
          Jid.HOSTED_SERVER,
          Jid.HOSTED_LID_SERVER,
          Jid.MESSENGER_SERVER,
          Jid.INTEROP_SERVER,
          "bot");

  private final RandomGenerator random;

  RandomNodes(RandomGenerator random) {
    this.random = random;
  }

  Node next() {
    return next(random.nextInt(6));
  }

  private Node next(int depth) {
    Map<String, Node.Value> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 200 : 8); i > 0; i--) {
      attributes.put(nonEmpty(), random.nextBoolean() ? new Node.Value.Text(text()) : address());
    }
    var list = new ArrayList<Node.Attribute>();
    attributes.forEach((key, value) -> list.add(new Node.Attribute(key, value)));
    return new Node(nonEmpty(), list, content(depth));
  }

  private Node.Content content(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> new Node.Content.Nothing();
      case 1 -> new Node.Content.Text(random.nextBoolean() ? word() : packable());
      case 2 -> new Node.Content.Data(Bytes.wrap(bytes(random.nextInt(3) == 0 ? 300 : 40)));
      default -> {
        var children = new ArrayList<Node>();
        for (int i = depth == 0 ? 0 : random.nextInt(6); i > 0; i--) {
          children.add(next(depth - 1));
        }
        yield new Node.Content.Children(children);
      }
    };
  }

  private Node.Value address() {
    String server = SERVERS.get(random.nextInt(SERVERS.size()));
    int agent = random.nextInt(10) == 0 ? random.nextInt(256) : 0;
    int device =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(100);
          case 1 -> random.nextInt(65_536);
          default -> 0;
        };
    String user =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> random.nextInt(70_000) + "-" + random.nextInt(1_000_000);
          case 2 -> word().replaceAll("[:_@]", "");
          default -> Long.toString(random.nextLong(1_000_000_000_000_000L));
        };
    return new Node.Value.Address(new Jid(user, agent, device, server));
  }

  private String nonEmpty() {
    String text = text();
    return text.isEmpty() ? "x" : text;
  }

  private String text() {
    return switch (random.nextInt(4)) {
      case 0 -> word();
      case 1 -> packable();
      case 2 -> HexFormat.of().formatHex(bytes(20));
      default -> letters();
    };
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String packable() {
    String alphabet = random.nextBoolean() ? "0123456789-." : "0123456789ABCDEF";
    var text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(4) == 0 ? 128 : 24); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private String letters() {
    var text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(30) == 0 ? 400 : 30); i > 0; i--) {
      int codePoint = random.nextInt(10) > 0 ? 32 + random.nextInt(95) : random.nextInt(0x1_0FFFF);
      text.appendCodePoint(
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
              ? 'é'
              : codePoint);
    }
    return text.toString();
  }

  private byte[] bytes(int bound) {
    var bytes = new byte[random.nextInt(bound)];
    random.nextBytes(bytes);
    return bytes;
  }
}
