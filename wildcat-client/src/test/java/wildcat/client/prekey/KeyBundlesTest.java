package wildcat.client.prekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import wildcat.client.fake.Peer;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

class KeyBundlesTest {
  private static final Jid PHONE = Jid.lid("100000012345678");

  private static Node answer(Node... users) {
    return Node.of("iq", Node.of("list", users)).with("type", "result");
  }

  private static Node without(Node node, String tag) {
    return node.containing(node.children().stream().filter(c -> !c.is(tag)).toList());
  }

  private static Node replaced(Node node, Node child) {
    return node.containing(
        node.children().stream().map(c -> c.is(child.tag()) ? child : c).toList());
  }

  @Test
  void queryNamesEachDevice() {
    Node query = KeyBundles.query(List.of(PHONE, PHONE.withDevice(7)));

    assertThat(query.text("xmlns")).isEqualTo("encrypt");
    assertThat(query.jid("to")).contains(Jid.WHATSAPP);
    List<Node> users = query.child("key").orElseThrow().children("user");
    assertThat(users.stream().map(u -> u.jid("jid").orElseThrow()))
        .containsExactly(PHONE, PHONE.withDevice(7));
    assertThat(users.stream().map(u -> u.text("reason"))).containsOnly("identity");
  }

  @Test
  void bundleIsReadWithAndWithoutOneTimeKey() {
    var peer = new Peer(PHONE, 1);
    KeyBundle full = KeyBundles.parse(List.of(PHONE), answer(peer.bundle())).get(PHONE);
    assertThat(full).isNotNull();
    assertThat(full.keys().registrationId()).isEqualTo(peer.registrationId());
    assertThat(full.keys().identity()).isEqualTo(peer.identity().publicKey());
    assertThat(full.keys().signed().id()).isEqualTo(1);
    assertThat(full.keys().oneTime().orElseThrow().id()).isEqualTo(1);
    assertThat(full.deviceIdentity()).isEmpty();

    KeyBundle bare =
        KeyBundles.parse(List.of(PHONE), answer(without(peer.bundle(), "key"))).get(PHONE);
    assertThat(bare).isNotNull();
    assertThat(bare.keys().oneTime()).isEmpty();
  }

  @Test
  void oneBadDeviceDoesNotHarmTheOthers() {
    var good = new Peer(PHONE, 1);
    var companion = Peer.companion(good, 7, 2);
    Node error =
        Node.of("user", Node.of("error").with("code", "404")).with("jid", PHONE.withDevice(8));
    Node shortKey =
        replaced(
            new Peer(PHONE.withDevice(9), 3).bundle(), Node.of("identity", Bytes.ofHex("0102")));

    Map<Jid, KeyBundle> bundles =
        KeyBundles.parse(
            List.of(PHONE, PHONE.withDevice(7), PHONE.withDevice(8), PHONE.withDevice(9)),
            answer(good.bundle(), error, shortKey, companion.bundle()));

    assertThat(bundles).containsOnlyKeys(PHONE, PHONE.withDevice(7));
    assertThat(bundles.values().stream().filter(b -> b.deviceIdentity().isPresent())).hasSize(1);
  }

  @Test
  void keysNobodyAskedForAreIgnored() {
    assertThat(KeyBundles.parse(List.of(PHONE), answer(new Peer(PHONE.withDevice(3), 1).bundle())))
        .isEmpty();
  }

  @Test
  void everyLengthIsChecked() {
    Node bundle = new Peer(PHONE, 1).bundle();
    for (Node wrong :
        List.of(
            without(bundle, "registration"),
            replaced(bundle, Node.of("registration", Bytes.ofHex("010203"))),
            replaced(bundle, Node.of("type", Bytes.ofHex("06"))),
            without(bundle, "identity"),
            without(bundle, "skey"),
            replaced(
                bundle,
                Node.of(
                    "skey",
                    Node.of("id", Bytes.ofHex("000001")),
                    Node.of("value", Bytes.wrap(new byte[32])),
                    Node.of("signature", Bytes.wrap(new byte[63])))),
            replaced(bundle, Node.of("key", Node.of("id", Bytes.ofHex("01")))))) {
      assertThatThrownBy(() -> KeyBundle.parse(wrong)).isInstanceOf(InvalidKey.class);
    }
  }
}
