package wildcat.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import wildcat.proto.HandshakeMessage;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;

/// A handshake with fixed keys, every value of which was cross-checked with Baileys 7.0.0-rc14
/// (noise-handler.ts). All keys are test keys.
class NoiseHandshakeTest {
  private static final Curve CURVE = Curve.standard();
  private static final KeyPair ROOT = pair("10" + "11".repeat(30) + "51");
  private static final KeyPair SERVER = pair("30" + "33".repeat(30) + "73");
  private static final KeyPair SERVER_EPHEMERAL = pair("40" + "44".repeat(31));
  private static final KeyPair CLIENT_EPHEMERAL = pair("50" + "55".repeat(31));
  private static final KeyPair CLIENT = pair("60" + "66".repeat(31));
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static final String INTERMEDIATE_DETAILS =
      "080110001a200faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f20"
          + "2080e2cfaa062880a8d6b907";
  private static final String INTERMEDIATE_SIGNATURE =
      "a265a7baf56fd180ecfaf44509d0addabe6632bb1a54842468f79f8609565982"
          + "cfe38e3b5ff3b5ed7f176e02316a56c871fea99a34c148c71831b605041c778c";
  private static final String LEAF_DETAILS =
      "080210011a207b0d47d93427f8311160781c7c733fd89f88970aef490d8aa0ee19a4cb8a1b14"
          + "2080e2cfaa062880a8d6b907";
  private static final String LEAF_SIGNATURE =
      "ce2c11823fbfe2343e100da8faf51e978f123988a1a7657013c339f31fb75348"
          + "c9ded7adcb087e1339a166b6a97ed98f0fdd09cc3403fb2f8fa93977f5f83608";
  private static final Bytes CHAIN =
      Bytes.ofHex(
          "0a760a32"
              + LEAF_DETAILS
              + "1240"
              + LEAF_SIGNATURE
              + "12760a32"
              + INTERMEDIATE_DETAILS
              + "1240"
              + INTERMEDIATE_SIGNATURE);

  private static KeyPair pair(String privateKey) {
    return CURVE.pairOf(Secret.wrap(Bytes.ofHex(privateKey).toArray()));
  }

  private static String hex(ByteString bytes) {
    return Bytes.wrap(bytes.toByteArray()).hex();
  }

  private static NoiseInitiator client() {
    return new NoiseInitiator(CURVE, CLIENT, CLIENT_EPHEMERAL, ROOT.publicKey());
  }

  private static NoiseResponder server() {
    return new NoiseResponder(CURVE, SERVER, SERVER_EPHEMERAL, CHAIN);
  }

  @Test
  void theTranscriptHashFollowsTheVector() {
    var state = new HandshakeState(CURVE, HandshakeState.Pattern.XX);
    assertThat(state.hashHex())
        .isEqualTo("ffff0c9267310966f1311170c04b38c79504285bf5edf763e5c946492a50a755");
    state.mixHash(CLIENT_EPHEMERAL.publicKey().bytes().toArray());
    assertThat(state.hashHex())
        .isEqualTo("25626b2033661eee899d78011cab2766207dbf073d802f8d510caada58719b54");
    state.mixHash(SERVER_EPHEMERAL.publicKey().bytes().toArray());
    assertThat(state.hashHex())
        .isEqualTo("d5d1bc4248c64948ef03b4666aa01ff089544b3acbf0cb1b42bd5e901e5862b6");
  }

  @Test
  void bothRolesProduceTheBytesOfAnotherImplementation() throws Exception {
    NoiseInitiator client = client();
    NoiseResponder server = server();

    byte[] hello = client.hello();
    assertThat(Bytes.copyOf(hello).hex())
        .isEqualTo("12220a20" + CLIENT_EPHEMERAL.publicKey().bytes().hex());

    byte[] serverHello = server.answer(hello);
    assertThat(hex(HandshakeMessage.parseFrom(serverHello).getServerHello().getStatic()))
        .isEqualTo(
            "34eb29c4b93b01920eee3675f6d71094489613a981b3ffe08de79485bad50c5441c7aea677ac3430ef4f3b6f622843dc");

    var finish = client.finish(serverHello, new byte[] {0x18, 0x00}, NOW);
    var sent = HandshakeMessage.parseFrom(finish.message().toArray()).getClientFinish();
    assertThat(hex(sent.getStatic()))
        .isEqualTo(
            "1727bcdee3e9bdfab3d64c7d3a32454b398267500944e8dde747d17eb3a2fed4fc37761a6496674a4f10c01a9038a5b1");
    assertThat(hex(sent.getPayload())).isEqualTo("ef965ef42a3077e237e8e51e6ea7c59be020");

    var accepted = server.accept(finish.message().toArray());
    assertThat(accepted.clientKey()).isEqualTo(CLIENT.publicKey());
    assertThat(accepted.clientPayload().hex()).isEqualTo("1800");

    byte[] ack = Bytes.ofHex("00f8011b").toArray();
    byte[] first = finish.transport().seal(ack);
    byte[] second = finish.transport().seal(ack);
    byte[] back = accepted.transport().seal(ack);
    assertThat(Bytes.copyOf(first).hex()).isEqualTo("d43e7714e5779bc3feb8986b23d18268ed104f0a");
    assertThat(Bytes.copyOf(second).hex()).isEqualTo("f32bc48ce41b56d3cd375ed4c4436b7d554794c9");
    assertThat(Bytes.copyOf(back).hex()).isEqualTo("6c116318ca87482b9a628f894b90761590ea1d8e");
    assertThat(accepted.transport().open(first)).isEqualTo(ack);
    assertThat(accepted.transport().open(second)).isEqualTo(ack);
    assertThat(finish.transport().open(back)).isEqualTo(ack);
  }

  @Test
  void aFrameThatWasChangedOrRepeatedDoesNotOpen() throws Exception {
    NoiseInitiator client = client();
    NoiseResponder server = server();
    var finish = client.finish(server.answer(client.hello()), new byte[0], NOW);
    var accepted = server.accept(finish.message().toArray());
    byte[] frame = finish.transport().seal(new byte[] {1});
    assertThat(accepted.transport().open(frame)).containsExactly(1);

    assertThatThrownBy(() -> accepted.transport().open(frame)).isInstanceOf(HandshakeFailed.class);
    assertThatThrownBy(() -> accepted.transport().open(new byte[15]))
        .isInstanceOf(HandshakeFailed.class)
        .hasMessage("a frame of 15 B has no room for its tag");
  }

  @Test
  void aShortenedHelloIsAnsweredWithTheFallback() throws Exception {
    byte[] shortened =
        HandshakeMessage.newBuilder()
            .setClientHello(
                HandshakeMessage.ClientHello.newBuilder()
                    .setEphemeral(HandshakeMessages.bytes(CLIENT_EPHEMERAL.publicKey()))
                    .setStatic(ByteString.copyFrom(new byte[48]))
                    .setPayload(ByteString.copyFrom(new byte[32])))
            .build()
            .toByteArray();
    NoiseResponder server = server();
    var hello = HandshakeMessage.parseFrom(server.answer(shortened)).getServerHello();

    // the client's side of XXfallback, by hand: the same steps under another name
    var client = new HandshakeState(CURVE, HandshakeState.Pattern.XX_FALLBACK);
    client.mixHash(CLIENT_EPHEMERAL.publicKey().bytes().toArray());
    client.mixHash(SERVER_EPHEMERAL.publicKey().bytes().toArray());
    client.mixKey(CLIENT_EPHEMERAL, SERVER_EPHEMERAL.publicKey());

    assertThat(client.decryptKey(hello.getStatic().toByteArray(), "static"))
        .isEqualTo(SERVER.publicKey());
    client.mixKey(CLIENT_EPHEMERAL, SERVER.publicKey());
    assertThat(client.decrypt(hello.getPayload().toByteArray(), "payload"))
        .isEqualTo(CHAIN.toArray());
    byte[] sealedKey = client.encrypt(CLIENT.publicKey().bytes().toArray());
    client.mixKey(CLIENT, SERVER_EPHEMERAL.publicKey());
    byte[] sealedPayload = client.encrypt(new byte[] {7});

    var accepted =
        server.accept(
            HandshakeMessage.newBuilder()
                .setClientFinish(
                    HandshakeMessage.ClientFinish.newBuilder()
                        .setStatic(ByteString.copyFrom(sealedKey))
                        .setPayload(ByteString.copyFrom(sealedPayload)))
                .build()
                .toByteArray());

    assertThat(accepted.clientKey()).isEqualTo(CLIENT.publicKey());
    assertThat(accepted.clientPayload().hex()).isEqualTo("07");
    assertThat(client.split(true).open(accepted.transport().seal(new byte[] {8})))
        .containsExactly(8);
  }

  @Test
  void nothingButTheExpectedMessageIsTaken() {
    byte[] hello = client().hello();
    byte[] tooLarge = new byte[HandshakeMessages.MAX_BYTES + 1];

    assertThatThrownBy(() -> client().finish(hello, new byte[0], NOW))
        .hasMessage("the answer is no ServerHello");
    assertThatThrownBy(() -> server().answer(new byte[0]))
        .hasMessage("the first message is no ClientHello");
    assertThatThrownBy(() -> server().answer(tooLarge))
        .hasMessage("ClientHello of 16385 B > limit of 16384 B");
    assertThatThrownBy(() -> server().answer(new byte[] {0x12, 0x7f}))
        .isInstanceOf(HandshakeFailed.class);
    NoiseResponder answered = server();
    assertThatThrownBy(
            () -> {
              answered.answer(hello);
              answered.accept(hello);
            })
        .hasMessage("the second message is no ClientFinish");
  }

  @Test
  void everyChangedByteOfTheServersAnswerEndsTheHandshake() throws Exception {
    byte[] serverHello = server().answer(client().hello());
    for (int i = 0; i < serverHello.length; i++) {
      byte[] damaged = serverHello.clone();
      damaged[i] ^= 1;
      assertThatThrownBy(() -> client().finish(damaged, new byte[0], NOW))
          .as("byte %d", i)
          .isInstanceOf(HandshakeFailed.class);
    }
  }

  @Test
  void aFreshChainOpensAFreshHandshake() throws Exception {
    var random = new SecureRandom();
    KeyPair root = CURVE.generate(random);
    Bytes chain =
        ServerCertificates.issue(
            CURVE, root, SERVER.publicKey(), NOW.minusSeconds(1), NOW.plusSeconds(1));
    var server = new NoiseResponder(CURVE, SERVER, CURVE.generate(random), chain);
    var client = new NoiseInitiator(CURVE, CLIENT, CURVE.generate(random), root.publicKey());

    var finish = client.finish(server.answer(client.hello()), new byte[] {7}, NOW);

    assertThat(server.accept(finish.message().toArray()).clientPayload().hex()).isEqualTo("07");
  }
}
