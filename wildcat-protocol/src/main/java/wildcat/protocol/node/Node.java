package wildcat.protocol.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// A stanza or a part of one: a tag, attributes, and either children, bytes, text or nothing.
///
/// Attributes keep the wire's two types, text and [Jid], because peers tell them apart (whatsmeow
/// ignores an address that came as text). Their order means nothing; a key occurs once.
/// Source: protocol notes 02 (whatsmeow binary/node.go, Baileys WABinary/types.ts).
public record Node(String tag, List<Attribute> attributes, Content content) {

  /// One attribute.
  public record Attribute(String key, Value value) {
    public Attribute {
      if (key.isEmpty()) {
        throw new IllegalArgumentException("an attribute needs a key");
      }
    }
  }

  /// What an attribute holds.
  public sealed interface Value {
    /// Text in any of its wire forms: token, packed digits, or raw UTF-8.
    record Text(String text) implements Value {}

    /// An address, written as one of the JID forms.
    record Address(Jid jid) implements Value {}
  }

  /// What stands inside a node.
  public sealed interface Content {
    record Nothing() implements Content {}

    record Children(List<Node> nodes) implements Content {
      public Children {
        nodes = List.copyOf(nodes);
      }
    }

    /// Bytes as they are: what clients read as key material, ciphertext or UTF-8 text.
    record Data(Bytes bytes) implements Content {}

    /// Text that the writer may shorten to a token or packed digits.
    record Text(String text) implements Content {}
  }

  private static final Content NOTHING = new Content.Nothing();

  public Node {
    if (tag.isEmpty()) {
      throw new IllegalArgumentException("a node needs a tag");
    }
    attributes = List.copyOf(attributes);
  }

  public static Node of(String tag) {
    return new Node(tag, List.of(), NOTHING);
  }

  public static Node of(String tag, Node... children) {
    return of(tag).containing(List.of(children));
  }

  public static Node of(String tag, Bytes bytes) {
    return of(tag).containing(bytes);
  }

  /// This node with one attribute more, or with that attribute replaced.
  public Node with(String key, String value) {
    return withValue(key, new Value.Text(value));
  }

  public Node with(String key, long value) {
    return with(key, Long.toString(value));
  }

  public Node with(String key, Jid value) {
    return withValue(key, new Value.Address(value));
  }

  private Node withValue(String key, Value value) {
    var next = new ArrayList<Attribute>(attributes.size() + 1);
    for (Attribute attribute : attributes) {
      if (!attribute.key().equals(key)) {
        next.add(attribute);
      }
    }
    next.add(new Attribute(key, value));
    return new Node(tag, next, content);
  }

  public Node without(String key) {
    return new Node(tag, attributes.stream().filter(a -> !a.key().equals(key)).toList(), content);
  }

  public Node containing(Node... children) {
    return containing(List.of(children));
  }

  public Node containing(List<Node> children) {
    return new Node(tag, attributes, new Content.Children(children));
  }

  public Node containing(Bytes bytes) {
    return new Node(tag, attributes, new Content.Data(bytes));
  }

  /// This node with text content, written through the token dictionary. Clients that expect bytes do
  /// not see it; use `containing(Bytes.ofUtf8(text))` for those.
  public Node containingText(String text) {
    return new Node(tag, attributes, new Content.Text(text));
  }

  /// The attribute as text, whatever its wire type.
  public Optional<String> attribute(String key) {
    for (Attribute attribute : attributes) {
      if (attribute.key().equals(key)) {
        return Optional.of(
            switch (attribute.value()) {
              case Value.Text(String text) -> text;
              case Value.Address(Jid jid) -> jid.toString();
            });
      }
    }
    return Optional.empty();
  }

  /// The attribute's text, or "" when it is absent.
  public String text(String key) {
    return attribute(key).orElse("");
  }

  /// The attribute as an address: a JID on the wire, or text that reads as one.
  public Optional<Jid> jid(String key) {
    for (Attribute attribute : attributes) {
      if (attribute.key().equals(key)) {
        return switch (attribute.value()) {
          case Value.Text(String text) -> Jid.parse(text);
          case Value.Address(Jid jid) -> Optional.of(jid);
        };
      }
    }
    return Optional.empty();
  }

  /// The attribute as a number; empty when it is absent or not a decimal number.
  public Optional<Long> number(String key) {
    return attribute(key).flatMap(Node::parseNumber);
  }

  private static Optional<Long> parseNumber(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  public List<Node> children() {
    return content instanceof Content.Children(List<Node> nodes) ? nodes : List.of();
  }

  public List<Node> children(String childTag) {
    return children().stream().filter(n -> n.tag().equals(childTag)).toList();
  }

  /// The first child with that tag.
  public Optional<Node> child(String childTag) {
    for (Node node : children()) {
      if (node.tag().equals(childTag)) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  /// The descendant reached by the first child of each tag in turn.
  public Optional<Node> path(String... tags) {
    Optional<Node> node = Optional.of(this);
    for (String next : tags) {
      node = node.flatMap(n -> n.child(next));
    }
    return node;
  }

  public Optional<Node> firstChild() {
    return children().stream().findFirst();
  }

  /// The content as bytes; text content as its UTF-8. Empty when there are children or nothing.
  public Optional<Bytes> bytes() {
    return switch (content) {
      case Content.Data(Bytes bytes) -> Optional.of(bytes);
      case Content.Text(String text) -> Optional.of(Bytes.ofUtf8(text));
      case Content.Children _, Content.Nothing _ -> Optional.empty();
    };
  }

  public boolean is(String otherTag) {
    return tag.equals(otherTag);
  }

  /// The stanza as XML, with payloads as sizes: fit for a log line, it carries no content.
  @Override
  public String toString() {
    var xml = new StringBuilder("<").append(tag);
    for (Attribute a : attributes) {
      xml.append(' ')
          .append(a.key())
          .append("=\"")
          .append(attribute(a.key()).orElse(""))
          .append('"');
    }
    switch (content) {
      case Content.Nothing _ -> xml.append("/>");
      case Content.Children(List<Node> nodes) -> {
        xml.append('>');
        nodes.forEach(xml::append);
        xml.append("</").append(tag).append('>');
      }
      case Content.Data(Bytes bytes) ->
          xml.append('>').append(bytes).append("</").append(tag).append('>');
      case Content.Text(String text) ->
          xml.append('>').append(text.length()).append(" characters</").append(tag).append('>');
    }
    return xml.toString();
  }
}
