package wildcat.protocol.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node.Attribute;
import wildcat.protocol.node.Node.Content;
import wildcat.protocol.node.Node.Value;

/// Writes one stanza as the plaintext of a transport frame: flags byte 0, then the node.
///
/// Text takes the first form that fits, as whatsmeow writes it: token of one byte, of two, digits packed
/// to nibbles, upper-case hex digits packed, raw UTF-8. An attribute with empty text is written
/// (whatsmeow would leave it out): a node means what it says.
/// Source: whatsmeow binary/encoder.go.
public final class NodeWriter {
  private static final int MAX_LIST = 65_535;
  private static final int FIRST_SIZE_BYTES = 512;

  private static final int NIBBLES = 1;
  private static final int HEX = 2;

  /// For each ASCII character the packed alphabets it belongs to.
  private static final byte[] ALPHABETS = new byte[128];

  static {
    Arrays.fill(ALPHABETS, '0', '9' + 1, (byte) (NIBBLES | HEX));
    Arrays.fill(ALPHABETS, 'A', 'F' + 1, (byte) HEX);
    ALPHABETS['-'] = NIBBLES;
    ALPHABETS['.'] = NIBBLES;
  }

  private byte[] out = new byte[FIRST_SIZE_BYTES];
  private int length;

  private NodeWriter() {}

  /// May be called by any thread.
  ///
  /// @throws IllegalArgumentException the node is deeper than [NodeReader#MAX_DEPTH], or has more
  ///     children or attributes than a list can hold (65,535)
  public static byte[] write(Node node) {
    var writer = new NodeWriter();
    writer.put(0);
    writer.node(node, 1);
    return Arrays.copyOf(writer.out, writer.length);
  }

  private void node(Node node, int depth) {
    if (depth > NodeReader.MAX_DEPTH) {
      throw new IllegalArgumentException("node deeper than " + NodeReader.MAX_DEPTH + " levels");
    }
    List<Attribute> attributes = node.attributes();
    Content content = node.content();
    list(1 + 2 * attributes.size() + (content instanceof Content.Nothing ? 0 : 1));
    string(node.tag());
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      string(attribute.key());
      switch (attribute.value()) {
        case Value.Text(String text) -> string(text);
        case Value.Address(Jid jid) -> address(jid);
      }
    }
    switch (content) {
      case Content.Nothing _ -> {}
      case Content.Children(List<Node> nodes) -> {
        list(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
          node(nodes.get(i), depth + 1);
        }
      }
      case Content.Data(Bytes bytes) -> data(bytes);
      case Content.Text(String text) -> text(text);
    }
  }

  private void list(int size) {
    if (size > MAX_LIST) {
      throw new IllegalArgumentException("list of " + size + " > limit of " + MAX_LIST);
    }
    if (size == 0) {
      put(Tag.LIST_EMPTY);
    } else if (size < 256) {
      put(Tag.LIST_8, size);
    } else {
      put(Tag.LIST_16, size >> 8);
      put(size);
    }
  }

  /// Empty text has its own form here: as raw bytes it would be read as data.
  private void text(String text) {
    if (text.isEmpty()) {
      put(Tag.NIBBLE_8, 0);
    } else {
      string(text);
    }
  }

  private void string(String text) {
    int code = Dictionary.code(text);
    if (code >= Dictionary.FIRST_TABLE) {
      int word = code - Dictionary.FIRST_TABLE;
      put(Dictionary.FIRST_TABLE + (word >> 8), word);
    } else if (code >= 0) {
      put(code);
    } else {
      spelled(text);
    }
  }

  private void spelled(String text) {
    int size = text.length();
    if (size > 0 && size <= Tag.MAX_PACKED_CHARACTERS) {
      int alphabets = NIBBLES | HEX;
      boolean isAscii = true;
      for (int i = 0; i < size; i++) {
        char c = text.charAt(i);
        isAscii &= c < 128;
        alphabets &= ALPHABETS[c & 127];
      }
      if (isAscii) {
        if ((alphabets & NIBBLES) != 0) {
          packed(Tag.NIBBLE_8, text);
        } else if ((alphabets & HEX) != 0) {
          packed(Tag.HEX_8, text);
        } else {
          ascii(text);
        }
        return;
      }
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    binaryHeader(utf8.length);
    int at = reserve(utf8.length); // may replace `out`, so it comes first
    System.arraycopy(utf8, 0, out, at, utf8.length);
  }

  private void packed(int tag, String text) {
    int size = text.length();
    put(tag, (size + 1) >> 1 | (size & 1) << 7);
    int at = reserve((size + 1) >> 1);
    for (int i = 0; i < size - 1; i += 2) {
      out[at++] = (byte) (nibble(text.charAt(i)) << 4 | nibble(text.charAt(i + 1)));
    }
    if ((size & 1) == 1) {
      out[at] = (byte) (nibble(text.charAt(size - 1)) << 4 | 15);
    }
  }

  private static int nibble(char c) {
    if (c >= 'A') {
      return c - 'A' + 10;
    }
    return c >= '0' ? c - '0' : c - '-' + 10;
  }

  private void ascii(String text) {
    int size = text.length();
    put(Tag.BINARY_8, size);
    int at = reserve(size);
    for (int i = 0; i < size; i++) {
      out[at + i] = (byte) text.charAt(i);
    }
  }

  private void data(Bytes bytes) {
    int size = bytes.length();
    binaryHeader(size);
    int at = reserve(size);
    bytes.copyInto(out, at);
  }

  private void binaryHeader(int size) {
    if (size < 256) {
      put(Tag.BINARY_8, size);
    } else if (size < 1 << 20) {
      put(Tag.BINARY_20, size >> 16);
      put(size >> 8, size);
    } else {
      put(Tag.BINARY_32, size >> 24);
      put(size >> 16, size >> 8);
      put(size);
    }
  }

  private void address(Jid jid) {
    int domain = JidForm.domain(jid);
    if (domain >= 0) {
      put(Tag.AD_JID, domain);
      put(jid.device());
      user(jid.user());
    } else if (JidForm.isMessenger(jid)) {
      put(Tag.FB_JID);
      user(jid.user());
      put(jid.device() >> 8, jid.device());
      string(jid.server());
    } else {
      @Nullable Integer integrator = JidForm.integrator(jid);
      if (integrator != null) {
        interop(jid, integrator);
      } else {
        put(Tag.JID_PAIR);
        user(JidForm.pairUser(jid));
        string(jid.server());
      }
    }
  }

  private void interop(Jid jid, int integrator) {
    put(Tag.INTEROP_JID);
    user(jid.user().substring(jid.user().indexOf('-') + 1));
    put(jid.device() >> 8, jid.device());
    put(integrator >> 8, integrator);
    string(jid.server());
  }

  private void user(String user) {
    if (user.isEmpty()) {
      put(Tag.LIST_EMPTY);
    } else {
      string(user);
    }
  }

  private void put(int value) {
    int at = reserve(1);
    out[at] = (byte) value;
  }

  private void put(int first, int second) {
    int at = reserve(2);
    out[at] = (byte) first;
    out[at + 1] = (byte) second;
  }

  /// Makes room for `size` bytes and returns where they begin.
  private int reserve(int size) {
    int at = length;
    int needed = Math.addExact(at, size);
    if (needed > out.length) {
      out = Arrays.copyOf(out, Math.max(needed + 64, 2 * out.length));
    }
    length = needed;
    return at;
  }
}
