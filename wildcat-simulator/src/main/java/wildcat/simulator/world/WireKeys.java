package wildcat.simulator.world;

import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;

/// How key material stands in stanzas. Source: protocol notes 04, section 6.
public final class WireKeys {
  /// Content of a `<type>` element.
  public static final Bytes CURVE_25519 = Bytes.ofHex("05");

  private static final int SIGNATURE_BYTES = 64;

  private WireKeys() {}

  public static Bytes bigEndian(int value, int bytes) {
    var written = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      written[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    return Bytes.wrap(written);
  }

  /// A big-endian number of exactly that many bytes.
  public static Optional<Integer> number(Node node, String child, int bytes) {
    return content(node, child, bytes)
        .map(value -> {
          int number = 0;
          for (int i = 0; i < bytes; i++) {
            number = (number << 8) | (value.at(i) & 0xff);
          }
          return number;
        });
  }

  /// The content of a child, if it has exactly that many bytes.
  public static Optional<Bytes> content(Node node, String child, int bytes) {
    return node.child(child).flatMap(Node::bytes).filter(b -> b.length() == bytes);
  }

  public static Optional<PublicKey> publicKey(Node node, String child) {
    return content(node, child, PublicKey.SIZE_BYTES).map(PublicKey::new);
  }

  private static Optional<Integer> keyId(Node key) {
    return number(key, "id", 3).filter(id -> id >= 1 && id <= PreKey.MAX_ID);
  }

  public static Optional<PreKeyBundle.OneTime> oneTime(Node key) {
    return keyId(key)
        .flatMap(id -> publicKey(key, "value").map(k -> new PreKeyBundle.OneTime(id, k)));
  }

  public static Optional<PreKeyBundle.Signed> signed(Node key) {
    return keyId(key)
        .flatMap(id ->
            publicKey(key, "value")
                .flatMap(k ->
                    content(key, "signature", SIGNATURE_BYTES)
                        .map(s -> new PreKeyBundle.Signed(id, k, s))));
  }

  public static Node oneTime(PreKeyBundle.OneTime key) {
    return Node.of(
        "key", Node.of("id", bigEndian(key.id(), 3)), Node.of("value", key.key().bytes()));
  }

  public static Node signed(PreKeyBundle.Signed key) {
    return Node.of(
        "skey",
        Node.of("id", bigEndian(key.id(), 3)),
        Node.of("value", key.key().bytes()),
        Node.of("signature", key.signature()));
  }
}
