package wildcat.client.fake;

import java.time.Instant;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.LinkCode;
import wildcat.protocol.pairing.MalformedPairing;

/// The phone that links the client, and the server's stanzas of linking.
public final class FakePhone {
  public static final Jid PN = Jid.pn("15551234567").withDevice(7);
  public static final Jid LID = Jid.lid("100000012345678").withDevice(7);

  private final Curve curve = Curve.standard();
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final Adv adv = new Adv(curve, random);
  private final KeyPair account = curve.generate(random);

  public PublicKey accountKey() {
    return account.publicKey();
  }

  /// Six refs named after their set.
  public static Node pairDevice(String set, int refs) {
    Node[] children = new Node[refs];
    for (int i = 0; i < refs; i++) {
      children[i] = Node.of("ref", Bytes.ofUtf8("2@" + set + i));
    }
    return iq("100").containing(Node.of("pair-device", children));
  }

  /// Scans a code and answers as the server passes it on.
  public Node pairSuccess(String code) {
    try {
      LinkCode scanned = LinkCode.parse(code);
      Bytes container =
          adv.signDevice(
              account,
              new Adv.DeviceDetails(12_345, Instant.ofEpochSecond(1_755_768_000), 1),
              scanned.identityKey(),
              scanned.advSecret());
      return pairSuccess(container);
    } catch (MalformedPairing e) {
      throw new AssertionError(e);
    }
  }

  public static Node pairSuccess(Bytes container) {
    return iq("101")
        .containing(
            Node.of(
                "pair-success",
                Node.of("device-identity", container),
                Node.of("device").with("jid", PN).with("lid", LID),
                Node.of("platform").with("name", "android")));
  }

  /// Whether the companion's answer proves the device.
  public boolean accepts(Node pairDeviceSign, PublicKey companion) throws MalformedPairing {
    Bytes signed =
        pairDeviceSign
            .path("pair-device-sign", "device-identity")
            .flatMap(Node::bytes)
            .orElseThrow();
    return adv.verify(
        adv.complete(signed, account.publicKey(), companion), companion, account.publicKey());
  }

  private static Node iq(String id) {
    return Node.of("iq")
        .with("from", Jid.WHATSAPP)
        .with("id", id)
        .with("type", "set")
        .with("xmlns", "md");
  }
}
