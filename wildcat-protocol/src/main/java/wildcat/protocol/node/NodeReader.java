package wildcat.protocol.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node.Attribute;
import wildcat.protocol.node.Node.Content;
import wildcat.protocol.node.Node.Value;

/// Reads one stanza from the plaintext of a transport frame.
///
/// All it is given may be hostile: every length and count is checked against what is left of the input
/// and against a limit before memory is taken for it.
/// Source: whatsmeow binary/decoder.go, Baileys WABinary/decode.ts; limits of whatsapp-rust and our own.
public final class NodeReader {
  /// Levels of nodes, the stanza itself included.
  public static final int MAX_DEPTH = 128;

  /// Nodes of one stanza.
  public static final int MAX_NODES = 100_000;

  /// Attributes of one stanza.
  public static final int MAX_ATTRIBUTES = 400_000;

  /// What a compressed body may inflate to.
  public static final int MAX_INFLATED_BYTES = 16 << 20;

  private static final int COMPRESSED = 2;
  private static final int SMALLEST_NODE_BYTES = 3;
  private static final int SMALLEST_ATTRIBUTE_BYTES = 2;
  private static final int MAX_UNPACKED_CHARACTERS = 2 * 127;
  private static final int FEW_ATTRIBUTES = 12;

  private static final Content NOTHING = new Content.Nothing();
  private static final Content NO_CHILDREN = new Content.Children(List.of());
  private static final Value.Text NO_TEXT = new Value.Text("");
  private static final Value.Address WHATSAPP = new Value.Address(Jid.WHATSAPP);

  private final byte[] in;
  private final int end;
  private int at;
  private int nodes;
  private int attributes;
  private byte @Nullable [] unpacked;

  private NodeReader(byte[] in, int from, int end) {
    this.in = in;
    this.at = from;
    this.end = end;
  }

  /// May be called by any thread; `frame` is not kept.
  ///
  /// @param frame flags byte and body; bit 0x02 of the flags says that the body is zlib-compressed
  /// @throws MalformedNode anything is wrong with it, trailing bytes and exceeded limits included
  public static Node read(byte[] frame) throws MalformedNode {
    if (frame.length == 0) {
      throw new MalformedNode("empty frame");
    }
    NodeReader reader;
    if ((frame[0] & COMPRESSED) == 0) {
      reader = new NodeReader(frame, 1, frame.length);
    } else {
      byte[] body = Zlib.inflate(frame, 1, MAX_INFLATED_BYTES);
      reader = new NodeReader(body, 0, body.length);
    }
    reader.expectNodes(1);
    Node node = reader.node(1);
    if (reader.at != reader.end) {
      throw reader.malformed((reader.end - reader.at) + " B after the node");
    }
    return node;
  }

  private Node node(int depth) throws MalformedNode {
    int size = listSize(next());
    if (size == 0) {
      throw malformed("a node of size 0");
    }
    String tag = string(next());
    if (tag.isEmpty()) {
      throw malformed("a node without tag");
    }
    List<Attribute> attributeList = attributes((size - 1) >> 1);
    Content content = (size & 1) == 1 ? NOTHING : content(depth);
    return new Node(tag, attributeList, content);
  }

  private int listSize(int tag) throws MalformedNode {
    return switch (tag) {
      case Tag.LIST_EMPTY -> 0;
      case Tag.LIST_8 -> next();
      case Tag.LIST_16 -> next() << 8 | next();
      default -> throw malformed("tag " + tag + " where a list must begin");
    };
  }

  private List<Attribute> attributes(int count) throws MalformedNode {
    if (count == 0) {
      return List.of();
    }
    expect(count, SMALLEST_ATTRIBUTE_BYTES, "attributes");
    attributes += count;
    if (attributes > MAX_ATTRIBUTES) {
      throw malformed("more than " + MAX_ATTRIBUTES + " attributes");
    }
    var list = new Attribute[count];
    @Nullable Set<String> keys = count > FEW_ATTRIBUTES ? HashSet.newHashSet(count) : null;
    for (int i = 0; i < count; i++) {
      String key = string(next());
      if (key.isEmpty()) {
        throw malformed("an attribute without key");
      }
      if (keys == null ? contains(list, i, key) : !keys.add(key)) {
        throw malformed("an attribute occurs twice");
      }
      list[i] = new Attribute(key, value(next()));
    }
    return List.of(list);
  }

  private static boolean contains(Attribute[] list, int count, String key) {
    for (int i = 0; i < count; i++) {
      if (list[i].key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private Content content(int depth) throws MalformedNode {
    int tag = next();
    return switch (tag) {
      case Tag.LIST_EMPTY -> NO_CHILDREN;
      case Tag.LIST_8, Tag.LIST_16 -> children(listSize(tag), depth + 1);
      case Tag.BINARY_8, Tag.BINARY_20, Tag.BINARY_32 -> data(binaryLength(tag));
      case Tag.JID_PAIR, Tag.AD_JID, Tag.FB_JID, Tag.INTEROP_JID ->
          new Content.Text(address(tag).jid().toString());
      default -> new Content.Text(string(tag));
    };
  }

  private Content children(int count, int depth) throws MalformedNode {
    if (depth > MAX_DEPTH) {
      throw malformed("nodes deeper than " + MAX_DEPTH + " levels");
    }
    expect(count, SMALLEST_NODE_BYTES, "nodes");
    expectNodes(count);
    var list = new Node[count];
    for (int i = 0; i < count; i++) {
      list[i] = node(depth);
    }
    return new Content.Children(List.of(list));
  }

  /// Counts announced nodes, so that a list which lies about its size costs nothing.
  private void expectNodes(int count) throws MalformedNode {
    nodes += count;
    if (nodes > MAX_NODES) {
      throw malformed("more than " + MAX_NODES + " nodes");
    }
  }

  private Content data(int size) {
    Bytes bytes = Bytes.wrap(Arrays.copyOfRange(in, at, at + size));
    at += size;
    return new Content.Data(bytes);
  }

  private Value value(int tag) throws MalformedNode {
    return switch (tag) {
      case Tag.JID_PAIR, Tag.AD_JID, Tag.FB_JID, Tag.INTEROP_JID -> address(tag);
      default -> text(tag);
    };
  }

  private Value.Address address(int tag) throws MalformedNode {
    return switch (tag) {
      case Tag.JID_PAIR -> {
        String user = jidPart();
        Jid jid = JidForm.ofPair(user, server());
        yield jid.equals(Jid.WHATSAPP) ? WHATSAPP : new Value.Address(jid);
      }
      case Tag.AD_JID -> {
        int domain = next();
        int device = next();
        yield new Value.Address(JidForm.ofDomain(domain, device, deviceUser()));
      }
      case Tag.FB_JID -> {
        String user = deviceUser();
        int device = next() << 8 | next();
        expectServer(Jid.MESSENGER_SERVER);
        yield new Value.Address(new Jid(user, 0, device, Jid.MESSENGER_SERVER));
      }
      default -> {
        String user = deviceUser();
        int device = next() << 8 | next();
        int integrator = next() << 8 | next();
        expectServer(Jid.INTEROP_SERVER);
        yield new Value.Address(new Jid(integrator + "-" + user, 0, device, Jid.INTEROP_SERVER));
      }
    };
  }

  private void expectServer(String expected) throws MalformedNode {
    if (!server().equals(expected)) {
      throw malformed("another server than " + expected);
    }
  }

  private String server() throws MalformedNode {
    String server = jidPart();
    if (server.isEmpty()) {
      throw malformed("a jid without server");
    }
    return server;
  }

  /// The user of a form that has its device apart.
  private String deviceUser() throws MalformedNode {
    String user = jidPart();
    if (user.indexOf(':') >= 0) {
      throw malformed("a jid with two devices");
    }
    return user;
  }

  private String jidPart() throws MalformedNode {
    String part = string(next());
    if (part.indexOf('@') >= 0) {
      throw malformed("a jid inside a jid");
    }
    return part;
  }

  private Value.Text text(int tag) throws MalformedNode {
    Value.@Nullable Text word = word(tag);
    if (word != null) {
      return word;
    }
    String text = spelled(tag);
    return text.isEmpty() ? NO_TEXT : new Value.Text(text);
  }

  private String string(int tag) throws MalformedNode {
    Value.@Nullable Text word = word(tag);
    return word != null ? word.text() : spelled(tag);
  }

  private Value.@Nullable Text word(int tag) throws MalformedNode {
    if (tag < Tag.DICTIONARY_0) {
      return Dictionary.single(tag);
    }
    return tag <= Tag.DICTIONARY_3 ? Dictionary.pair(tag, next()) : null;
  }

  private String spelled(int tag) throws MalformedNode {
    return switch (tag) {
      case Tag.LIST_EMPTY -> "";
      case Tag.NIBBLE_8, Tag.HEX_8 -> packed(tag);
      case Tag.BINARY_8, Tag.BINARY_20, Tag.BINARY_32 -> {
        int size = binaryLength(tag);
        var text = new String(in, at, size, StandardCharsets.UTF_8);
        at += size;
        yield text;
      }
      default -> throw malformed("tag " + tag + " where a string must begin");
    };
  }

  private String packed(int tag) throws MalformedNode {
    int header = next();
    int size = header & 127;
    expect(size, 1, "packed bytes");
    boolean isOdd = header > 127;
    if (isOdd && size == 0) {
      throw malformed("an odd packed string of no bytes");
    }
    if (unpacked == null) {
      unpacked = new byte[MAX_UNPACKED_CHARACTERS];
    }
    byte[] characters = unpacked;
    int letters = tag == Tag.HEX_8 ? 15 : 11;
    int length = 2 * size;
    for (int i = 0; i < size; i++) {
      int pair = in[at + i];
      int high = pair >> 4 & 15;
      int low = pair & 15;
      characters[2 * i] = character(tag, high);
      if (isOdd && i == size - 1) {
        length--; // whatever the last nibble is: 15 as a rule
      } else {
        characters[2 * i + 1] = character(tag, low);
        high = Math.max(high, low);
      }
      if (high > letters) {
        throw malformed("nibble " + high + " in a packed string of digits");
      }
    }
    at += size;
    return new String(characters, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static byte character(int tag, int nibble) {
    if (nibble < 10) {
      return (byte) ('0' + nibble);
    }
    return (byte) ((tag == Tag.HEX_8 ? 'A' : '-') + nibble - 10);
  }

  /// The length of a byte string, checked against what is left.
  private int binaryLength(int tag) throws MalformedNode {
    int size =
        switch (tag) {
          case Tag.BINARY_8 -> next();
          case Tag.BINARY_20 -> (next() & 15) << 16 | next() << 8 | next();
          default -> next() << 24 | next() << 16 | next() << 8 | next();
        };
    if (size < 0) {
      throw malformed("a length of 2 GiB or more");
    }
    expect(size, 1, "bytes");
    return size;
  }

  /// Checks that `count` things of at least `eachBytes` fit into what is left.
  private void expect(int count, int eachBytes, String what) throws MalformedNode {
    if (count > (end - at) / eachBytes) {
      throw malformed(count + " " + what + " announced, " + (end - at) + " B left");
    }
  }

  private int next() throws MalformedNode {
    if (at == end) {
      throw malformed("the input ends inside the node");
    }
    return in[at++] & 255;
  }

  private MalformedNode malformed(String what) {
    return new MalformedNode("at " + at + " of " + end + " B: " + what);
  }
}
