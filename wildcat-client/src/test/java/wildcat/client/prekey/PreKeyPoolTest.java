package wildcat.client.prekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.fake.Fixture;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.store.Change;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.PreKey;

class PreKeyPoolTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  private List<Node> uploads() {
    return account.server.requests("registration");
  }

  private static List<Node> keys(Node upload) {
    return upload.child("list").orElseThrow().children("key");
  }

  private int unused() throws Exception {
    return account.store.preKeyStock().uploaded();
  }

  @Test
  void aNewDeviceUploads812Keys() throws Exception {
    account.server.preKeyCount(0);

    account.preKeys.atLogin(account.server);

    assertThat(keys(uploads().getFirst())).hasSize(812);
    assertThat(unused()).isEqualTo(812);
    assertThat(account.store.preKeysToUpload(1)).isEmpty();
  }

  @Test
  void anUploadSaysWhoWeAre() throws Exception {
    account.server.preKeyCount(0);
    account.preKeys.atLogin(account.server);

    Node upload = uploads().getFirst();
    var credentials = account.own.credentials();
    assertThat(upload.text("xmlns")).isEqualTo("encrypt");
    assertThat(upload.text("type")).isEqualTo("set");
    assertThat(upload.children().stream().map(Node::tag))
        .containsExactly("registration", "type", "identity", "list", "skey");
    assertThat(upload.path("registration").flatMap(Node::bytes)).contains(Bytes.ofHex("f0000001"));
    assertThat(upload.path("type").flatMap(Node::bytes)).contains(Bytes.ofHex("05"));
    assertThat(upload.path("identity").flatMap(Node::bytes))
        .contains(credentials.identity().publicKey().bytes());
    assertThat(upload.path("skey", "id").flatMap(Node::bytes)).contains(Bytes.ofHex("000001"));
    assertThat(upload.path("skey", "signature").flatMap(Node::bytes))
        .contains(credentials.signedPreKey().signature());
    Node first = keys(upload).getFirst();
    assertThat(first.path("id").flatMap(Node::bytes)).contains(Bytes.ofHex("000001"));
    PublicKey stored = account.store.preKey(1).orElseThrow().keys().publicKey();
    assertThat(first.path("value").flatMap(Node::bytes)).contains(stored.bytes());
  }

  @Test
  void aFewLeftAreToppedUpAndEnoughAreLeftAlone() throws Exception {
    account.server.preKeyCount(0);
    account.preKeys.atLogin(account.server);

    account.server.preKeyCount(5);
    account.preKeys.atLogin(account.server);
    assertThat(uploads()).hasSize(1);

    account.server.preKeyCount(4);
    account.preKeys.atLogin(account.server);
    assertThat(uploads()).hasSize(2);
    assertThat(keys(uploads().getLast())).hasSize(100);
    assertThat(keys(uploads().getLast()).getFirst().path("id").flatMap(Node::bytes))
        .contains(Bytes.ofHex("00032d")); // 813: ids are never used twice
  }

  @Test
  void keysAreOnDiskBeforeTheUploadAndMarkedAfterIt() throws Exception {
    account.server.preKeyCount(0);
    account.server.nextAnswer(
        "registration",
        _ -> {
          try {
            assertThat(account.store.preKeysToUpload(1_000)).hasSize(812);
            assertThat(unused()).isZero();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return Node.of("iq").with("type", "result");
        });

    account.preKeys.atLogin(account.server);

    assertThat(unused()).isEqualTo(812);
  }

  @Test
  void anUploadWithoutAnswerIsRepeatedWithTheSameKeys() throws Exception {
    account.server.preKeyCount(0);
    account.server.nextAnswer(
        "registration",
        _ -> {
          throw new OutcomeUnknown("no answer");
        });
    assertThatThrownBy(() -> account.preKeys.atLogin(account.server))
        .isInstanceOf(OutcomeUnknown.class);

    account.preKeys.atLogin(account.server);

    assertThat(keys(uploads().getLast())).isEqualTo(keys(uploads().getFirst()));
    assertThat(account.store.preKeyStock().nextId()).isEqualTo(813);
  }

  @Test
  void aServerThatAlwaysWantsMoreDoesNotFillTheDisk() throws Exception {
    var many = new java.util.ArrayList<PreKey>();
    var pair = account.own.credentials().identity();
    for (int id = 1; id <= PreKeyPool.MAX_UNUSED + 1; id++) {
      many.add(new PreKey(id, pair));
    }
    account.store.commit(
        UnitOfWork.of(
            new Change.AddPreKeys(many),
            new Change.MarkPreKeysUploaded(many.stream().map(PreKey::id).toList())));

    account.preKeys.runningLow(account.server);

    assertThat(uploads()).isEmpty();
  }

  @Test
  void idsStartOverBeforeTheyOverflow() throws Exception {
    account.store.commit(
        UnitOfWork.of(
            new Change.AddPreKeys(
                List.of(new PreKey(PreKey.MAX_ID - 1, account.own.credentials().identity())))));

    account.preKeys.runningLow(account.server);

    List<Bytes> ids =
        keys(uploads().getFirst()).stream()
            .map(k -> k.path("id").flatMap(Node::bytes).orElseThrow())
            .toList();
    assertThat(ids).startsWith(Bytes.ofHex("fffffe"), Bytes.ofHex("ffffff"), Bytes.ofHex("000001"));
  }
}
