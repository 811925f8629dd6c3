package wildcat.client.prekey;

import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;

/// What somebody needs to start a ratchet with a device: its keys, and for a companion the proof that it
/// belongs to the account. Nothing is verified yet.
///
/// @param deviceIdentity ADVSignedDeviceIdentity
public record KeyBundle(PreKeyBundle keys, Optional<Bytes> deviceIdentity) {

  /// Reads a `user` of the answer to a key query.
  ///
  /// @throws InvalidKey something is missing or has a wrong length
  static KeyBundle parse(Node user) throws InvalidKey {
    return parse(number(user, "registration", 4), user.child("keys").orElse(user));
  }

  /// Reads the `keys` of a retry receipt, which carries the registration id beside them.
  ///
  /// @throws InvalidKey something is missing or has a wrong length
  public static KeyBundle parse(int registrationId, Node keys) throws InvalidKey {
    if (!bytes(keys, "type", 1).equals(Bytes.copyOf(new byte[] {PublicKey.TYPE}))) {
      throw new InvalidKey("not a bundle of Curve25519 keys");
    }
    Node signed = keys.child("skey").orElseThrow(() -> new InvalidKey("no signed pre-key"));
    Optional<Node> oneTime = keys.child("key");
    return new KeyBundle(
        new PreKeyBundle(
            registrationId,
            key(keys, "identity"),
            new PreKeyBundle.Signed(
                number(signed, "id", 3), key(signed, "value"), bytes(signed, "signature", 64)),
            oneTime.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new PreKeyBundle.OneTime(
                        number(oneTime.get(), "id", 3), key(oneTime.get(), "value")))),
        keys.child("device-identity").flatMap(Node::bytes));
  }

  private static PublicKey key(Node node, String tag) throws InvalidKey {
    return PublicKey.ofStanzaForm(bytes(node, tag, PublicKey.SIZE_BYTES));
  }

  /// A number as big-endian bytes; with 4 bytes it uses the sign bit too.
  static int number(Node node, String tag, int sizeBytes) throws InvalidKey {
    Bytes bytes = bytes(node, tag, sizeBytes);
    int value = 0;
    for (int i = 0; i < sizeBytes; i++) {
      value = (value << 8) | (bytes.at(i) & 0xff);
    }
    return value;
  }

  private static Bytes bytes(Node node, String tag, int sizeBytes) throws InvalidKey {
    Bytes bytes =
        node.child(tag).flatMap(Node::bytes).orElseThrow(() -> new InvalidKey("no " + tag));
    if (bytes.length() != sizeBytes) {
      throw new InvalidKey(tag + " has " + bytes.length() + " B instead of " + sizeBytes);
    }
    return bytes;
  }

  /// The parts of a bundle as they are written, for our own keys.
  static Node written(PreKey key) {
    return Node.of(
        "key",
        Node.of("id", bigEndian(key.id(), 3)),
        Node.of("value", key.keys().publicKey().bytes()));
  }

  static Bytes bigEndian(int value, int sizeBytes) {
    var bytes = new byte[sizeBytes];
    for (int i = 0; i < sizeBytes; i++) {
      bytes[i] = (byte) (value >>> (8 * (sizeBytes - 1 - i)));
    }
    return Bytes.wrap(bytes);
  }
}
