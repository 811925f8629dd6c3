package wildcat.protocol.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;

/// One set-up with its first message, every value on the way fixed. The final message was decrypted by
/// libsignal-node (the library under Baileys); the values between are those of a separate program.
class RatchetVectorsTest {
  private static final Curve CURVE = Curve.standard();
  private static final HexFormat HEX = HexFormat.of();

  private static final String A = "20" + "21".repeat(30) + "61";
  private static final String EK = "20" + "22".repeat(30) + "62";
  private static final String A1 = "20" + "23".repeat(30) + "63";
  private static final String B = "30" + "31".repeat(30) + "71";
  private static final String SPK = "30" + "32".repeat(30) + "72";
  private static final String OPK = "30" + "33".repeat(30) + "73";

  private static final String PUBLIC_A =
      "057d34a4815fa6b982535e60af3bd9b49556816080f1641ff81d2b7c8ae8268a44";
  private static final String PUBLIC_EK =
      "050faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f20";

  private static final String PLAINTEXT = "0a0568656c6c6f0202"; // the Message "hello", padded by 2
  private static final String SIGNAL_MESSAGE =
      "330a21059a4503a98ab10fe8d354c9c42cbd0c9d7944f52e7d14d8ea59775e7dc9e3bf4b"
          + "100018002210e89f024cdcfd8fbb88d4f285d5bb85ddaddd1ca650cadd0d";
  private static final String PRE_KEY_SIGNAL_MESSAGE =
      "3308051221" + PUBLIC_EK + "1a21" + PUBLIC_A + "2242" + SIGNAL_MESSAGE + "28b4243001";

  private final RatchetCrypto crypto = new RatchetCrypto();

  @Test
  void publicKeysBelongToTheirPrivateKeys() {
    assertThat(publicKey(A)).isEqualTo(PUBLIC_A);
    assertThat(publicKey(EK)).isEqualTo(PUBLIC_EK);
    assertThat(publicKey(A1))
        .isEqualTo("059a4503a98ab10fe8d354c9c42cbd0c9d7944f52e7d14d8ea59775e7dc9e3bf4b");
    assertThat(publicKey(B))
        .isEqualTo("0504f5f29162c31a8defa18e6e742224ee806fc1718a278be859ba5620402b8f3a");
    assertThat(publicKey(SPK))
        .isEqualTo("0559d9225473451efffe6b36dbcaefdbf7b1895de62084509a7f5b58bf01d06418");
    assertThat(publicKey(OPK))
        .isEqualTo("057b0d47d93427f8311160781c7c733fd89f88970aef490d8aa0ee19a4cb8a1b14");
  }

  @Test
  void theInitiatorAgreesInTheFixedOrder() throws InvalidKey {
    byte[] shared = new KeyAgreement(CURVE).initiate(pair(A), pair(EK), bundle());
    assertThat(HEX.formatHex(shared))
        .isEqualTo(
            "c48307e3f4dc4db9b2c3d5973da6f27ab4ce52998ae05846c39fbc93fcb62c71"
                + "f72211251bde708f3905bab11fd99c20b60370cde627b19523381747c0b9852f"
                + "d2f5275662f3fe434af9ec1f4659a08f0590ede0790580a370477f8d7f257e06"
                + "1fdc192faa0212a9aae7bb4f41b580227fd5ad3e5d777faae230dfe973f3e805");
  }

  @Test
  void theResponderAgreesOnTheSame() throws Exception {
    var agreement = new KeyAgreement(CURVE);
    var message = PreKeySignalMessage.parse(HEX.parseHex(PRE_KEY_SIGNAL_MESSAGE));
    assertThat(agreement.respond(pair(B), pair(SPK), Optional.of(pair(OPK)), message))
        .isEqualTo(agreement.initiate(pair(A), pair(EK), bundle()));
  }

  @Test
  void rootsAndChainsFollow() throws InvalidKey {
    byte[] shared = new KeyAgreement(CURVE).initiate(pair(A), pair(EK), bundle());
    RatchetCrypto.Root first = crypto.firstRoot(shared);
    assertThat(hex(first.rootKey()))
        .isEqualTo("699085f6c1d9b9d4dc142154b55b1fa1a44d3fe3b045e27d1a9ea00ea0ce1695");
    byte[] turn = CURVE.agree(pair(A1).privateKey(), pair(SPK).publicKey());
    RatchetCrypto.Root second = crypto.nextRoot(first.rootKey(), turn);
    assertThat(hex(second.rootKey()))
        .isEqualTo("ae47823264879fa225b49aeca54404c5e99ad0c67f5ffa20e4187b841f5d6dd2");
    assertThat(hex(second.chainKey()))
        .isEqualTo("d0574e45515eec5370f3fb9ead6435169a5050602b3966d80eefa04984082432");
  }

  @Test
  void messageKeysFollowFromTheChainKey() {
    Secret chainKey =
        Secret.wrap(
            HEX.parseHex("d0574e45515eec5370f3fb9ead6435169a5050602b3966d80eefa04984082432"));
    Secret seed = crypto.seed(chainKey);
    assertThat(hex(seed))
        .isEqualTo("9b42aa4bf9e6cbfd8a6ae52bb3562e417508fca93991c5e28a7c5e603deb3039");
    assertThat(hex(crypto.nextChainKey(chainKey)))
        .isEqualTo("4fd7b38bf37d362791b744d44f31b31c9a057481b3d2c4ca6e29a73f3a98232e");
    RatchetCrypto.MessageKeys keys = crypto.messageKeys(seed);
    assertThat(hex(keys.cipherKey()))
        .isEqualTo("b55662f27df203715a8ddef21628ecefb22cc0cefaec5cd4aed5dc6758c8eb75");
    assertThat(hex(keys.macKey()))
        .isEqualTo("b6b1da809c7ce5b422730020b2202ee1c7201b29aae07c3ec115b9386baf56ef");
    assertThat(hex(keys.iv())).isEqualTo("4985ba03324834eca026a2257f3f276f");
  }

  @Test
  void theFirstMessageIsByteForByteTheOneALibraryDecrypted() throws InvalidKey {
    var initiator = new Ratchet(CURVE, new ScriptedRandom(EK, A1));
    var local = new LocalIdentity(pair(A), 0x1234);
    RatchetRecord record = initiator.initiate(Optional.empty(), local, bundle());
    Ratchet.Sealed sealed = initiator.encrypt(record, local, HEX.parseHex(PLAINTEXT));
    assertThat(sealed.kind()).isEqualTo(Ratchet.Kind.PRE_KEY_MESSAGE);
    assertThat(sealed.message().hex()).isEqualTo(PRE_KEY_SIGNAL_MESSAGE);
    assertThat(sealed.message().length()).isEqualTo(146);
  }

  @Test
  void theResponderReadsIt() throws Exception {
    var responder = new Ratchet(CURVE, new ScriptedRandom("10" + "44".repeat(31)));
    var local = new LocalIdentity(pair(B), 0x4321);
    Ratchet.Opened opened =
        responder.decryptPreKey(
            Optional.empty(), local, preKeys(), HEX.parseHex(PRE_KEY_SIGNAL_MESSAGE));
    assertThat(opened.plaintext().hex()).isEqualTo(PLAINTEXT);
    assertThat(opened.usedPreKey()).contains(5);
    assertThat(opened.sender()).isEqualTo(pair(A).publicKey());
    assertThat(opened.next().remoteRegistrationId()).isEqualTo(0x1234);
    assertThat(opened.next().baseKey()).isEqualTo(pair(EK).publicKey());
    assertThat(opened.next().isUnacknowledged()).isFalse();
  }

  @Test
  void theStoredFormIsTheDescribedOne() throws Exception {
    var initiator = new Ratchet(CURVE, new ScriptedRandom(EK, A1));
    var local = new LocalIdentity(pair(A), 0x1234);
    RatchetRecord record = initiator.initiate(Optional.empty(), local, bundle());
    String stored =
        "01" // version
            + "01" // one state
            + "01" // unanswered
            + "04f5f29162c31a8defa18e6e742224ee806fc1718a278be859ba5620402b8f3a" // B
            + "00004321"
            + "0faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f20" // EK
            + "ae47823264879fa225b49aeca54404c5e99ad0c67f5ffa20e4187b841f5d6dd2" // RK1
            + A1
            + "9a4503a98ab10fe8d354c9c42cbd0c9d7944f52e7d14d8ea59775e7dc9e3bf4b" // A1, public
            + "d0574e45515eec5370f3fb9ead6435169a5050602b3966d80eefa04984082432" // CKs
            + "00000000" // counter
            + "00000000" // previous counter
            + "00000001" // signed pre-key
            + "00000005" // one-time pre-key
            + "00" // no receiving chain
            + "100eb7b8"; // CRC-32C, computed by another program
    assertThat(record.encode().hex()).isEqualTo(stored);
    RatchetRecord decoded = RatchetRecord.decode(Bytes.ofHex(stored));
    Ratchet.Sealed sealed = initiator.encrypt(decoded, local, HEX.parseHex(PLAINTEXT));
    assertThat(sealed.message().hex()).isEqualTo(PRE_KEY_SIGNAL_MESSAGE);
  }

  private static PreKeyBundle bundle() {
    byte[] signature =
        CURVE.sign(
            pair(B).privateKey(),
            pair(SPK).publicKey().signalForm(),
            new ScriptedRandom("55".repeat(64)));
    return new PreKeyBundle(
        0x4321,
        pair(B).publicKey(),
        new PreKeyBundle.Signed(1, pair(SPK).publicKey(), Bytes.wrap(signature)),
        Optional.of(new PreKeyBundle.OneTime(5, pair(OPK).publicKey())));
  }

  private static PreKeySource<RuntimeException> preKeys() {
    return new PreKeySource<>() {
      @Override
      public Optional<PreKey> oneTime(int id) {
        return id == 5 ? Optional.of(new PreKey(5, pair(OPK))) : Optional.empty();
      }

      @Override
      public Optional<SignedPreKey> signed(int id) {
        return id == 1
            ? Optional.of(new SignedPreKey(1, pair(SPK), bundle().signed().signature()))
            : Optional.empty();
      }
    };
  }

  private static KeyPair pair(String privateKey) {
    return CURVE.pairOf(Secret.wrap(HEX.parseHex(privateKey)));
  }

  private static String publicKey(String privateKey) {
    PublicKey key = pair(privateKey).publicKey();
    return HEX.formatHex(key.signalForm());
  }

  private static String hex(Secret secret) {
    return HEX.formatHex(secret.expose());
  }
}
