package wildcat.server.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// A value in what Baileys keeps, and its name for complaints.
///
/// Bytes have been written in many ways: as `{"type":"Buffer","data":…}` with base64 or numbers, as base64
/// alone (what protobuf's own objects turn into), as a list of numbers, and as an object of numbers by index.
record Field(String name, JsonNode node) {
  private static final int KEY_BYTES = 32;
  private static final int MAX_BYTES = 1 << 20;

  Field at(String child) {
    return new Field(name + "." + child, node.path(child));
  }

  boolean isThere() {
    return !node.isMissingNode() && !node.isNull();
  }

  List<Map.Entry<String, JsonNode>> entries() {
    return new ArrayList<>(node.properties());
  }

  String text() throws Unusable {
    if (!node.isTextual()) {
      throw new Unusable(name + " is no text");
    }
    return node.textValue();
  }

  /// "" when it is not there.
  String optionalText() throws Unusable {
    return isThere() ? text() : "";
  }

  /// Within 0 and 2^32 - 1; as its bits.
  int number() throws Unusable {
    long value = node.asLong();
    if (!node.isNumber() || value != node.asDouble()) { // JavaScript's numbers may come as doubles
      throw new Unusable(name + " is no whole number");
    }
    if (value < Integer.MIN_VALUE || value > 0xFFFF_FFFFL) {
      throw new Unusable(name + " is out of range");
    }
    return (int) value;
  }

  Bytes bytes() throws Unusable {
    return find().orElseThrow(() -> new Unusable(name + " holds no bytes"));
  }

  /// Empty when it is not there.
  Bytes optionalBytes() throws Unusable {
    return isThere() ? bytes() : Bytes.empty();
  }

  private Optional<Bytes> find() {
    JsonNode content = node.path("data").isMissingNode() ? node : node.path("data");
    if (content.isTextual()) {
      try {
        return Optional.of(Bytes.wrap(Base64.getDecoder().decode(content.textValue())));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
    if (content.isArray()) {
      return numbers(content);
    }
    if (content.isObject()) {
      return numbers(byIndex(content).values());
    }
    return Optional.empty();
  }

  /// The members of an object that are numbered: what is left of a list or a text whose elements were
  /// written as fields.
  static SortedMap<Integer, JsonNode> byIndex(JsonNode object) {
    var elements = new TreeMap<Integer, JsonNode>();
    for (var entry : object.properties()) {
      if (entry.getKey().matches("0|[1-9][0-9]{0,6}")) {
        elements.put(Integer.parseInt(entry.getKey()), entry.getValue());
      }
    }
    return elements;
  }

  private static Optional<Bytes> numbers(Iterable<JsonNode> elements) {
    var bytes = new java.io.ByteArrayOutputStream();
    for (JsonNode element : elements) {
      if (!element.canConvertToInt() || element.intValue() < 0 || element.intValue() > 255) {
        return Optional.empty();
      }
      bytes.write(element.intValue());
      if (bytes.size() > MAX_BYTES) {
        return Optional.empty();
      }
    }
    return bytes.size() == 0 ? Optional.empty() : Optional.of(Bytes.wrap(bytes.toByteArray()));
  }

  Secret secret() throws Unusable {
    Bytes bytes = bytes();
    if (bytes.length() != KEY_BYTES) {
      throw new Unusable(name + " has " + bytes.length() + " B, a key has " + KEY_BYTES);
    }
    return Secret.wrap(bytes.toArray());
  }

  /// With or without Signal's type byte before it.
  PublicKey publicKey() throws Unusable {
    return publicKey(name, bytes());
  }

  static PublicKey publicKey(String name, Bytes bytes) throws Unusable {
    if (bytes.length() == KEY_BYTES) {
      return new PublicKey(bytes);
    }
    if (bytes.length() == KEY_BYTES + 1 && bytes.at(0) == PublicKey.TYPE) {
      return new PublicKey(bytes.slice(1, KEY_BYTES + 1));
    }
    throw new Unusable(name + " is no public key");
  }

  /// Clamped, as curve arithmetic treats it anyway.
  ///
  /// @throws Unusable the halves do not belong together: one is damaged
  KeyPair keys(Curve curve, String privateHalf, String publicHalf) throws Unusable {
    KeyPair pair = curve.pairOf(at(privateHalf).secret());
    if (!pair.publicKey().equals(at(publicHalf).publicKey())) {
      throw new Unusable("the halves of " + name + " do not belong together");
    }
    return pair;
  }

  /// Without the value.
  @Override
  public String toString() {
    return name;
  }
}
