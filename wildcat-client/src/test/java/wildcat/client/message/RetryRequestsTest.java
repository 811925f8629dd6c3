package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.START;
import static wildcat.client.fake.Fixture.text;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.fake.Fixture;
import wildcat.client.fake.Peer;
import wildcat.client.prekey.KeyBundle;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.node.Node;

/// What this side does about a message it cannot decrypt.
class RetryRequestsTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
    account.introduce(account.annPhone);
  }

  private void receive(Node stanza) throws Exception {
    account.receiver.handle(stanza, account.server);
  }

  /// A copy that got damaged on the way.
  private Node damaged(String id) {
    Node enc = account.annPhone.encrypt(OWN_LID, text("hello"));
    byte[] bytes = enc.bytes().orElseThrow().toArray();
    bytes[bytes.length - 20] ^= 1;
    return Fixture.message(ANN_LID, id, enc.containing(Bytes.wrap(bytes)))
        .with("sender_pn", ANN_PN);
  }

  /// Ann's phone has a ratchet with us whose message we can place.
  private void getToKnowEachOther() throws Exception {
    receive(Fixture.message(ANN_LID, "M0", account.annPhone.encrypt(OWN_LID, text("hi"))));
    account.server.sent().clear();
    account.heard.clear();
  }

  private Node retry() {
    return account.server.sent("receipt").getLast();
  }

  @Test
  void anotherCopyIsAskedForThenTheStanzaIsAcknowledged() throws Exception {
    getToKnowEachOther();

    receive(damaged("M1"));

    assertThat(account.heard(Event.MessageUndecryptable.class))
        .containsExactly(
            new Event.MessageUndecryptable(ANN_PN, ANN_PN, new MessageId("M1"), "BAD_MAC", 1));
    assertThat(account.recorded()).contains("MessageUndecryptable");
    assertThat(account.server.sent().stream().map(Node::tag)).containsExactly("receipt", "ack");
    assertThat(retry().text("type")).isEqualTo("retry");
    assertThat(retry().jid("to")).contains(ANN_LID);
    Node element = retry().child("retry").orElseThrow();
    assertThat(element.text("count")).isEqualTo("1");
    assertThat(element.text("id")).isEqualTo("M1");
    assertThat(element.text("t")).isEqualTo(Long.toString(START.getEpochSecond()));
    assertThat(element.text("v")).isEqualTo("1");
    assertThat(element.text("error")).isEqualTo("7");
    assertThat(retry().path("registration").flatMap(Node::bytes)).contains(Bytes.ofHex("f0000001"));
    assertThat(retry().child("keys")).isEmpty();
  }

  @Test
  void fromTheSecondTimeOnItCarriesFreshKeys() throws Exception {
    getToKnowEachOther();
    receive(damaged("M1"));
    receive(damaged("M1"));
    receive(damaged("M1"));

    List<Node> receipts = account.server.sent("receipt");
    assertThat(receipts.stream().map(r -> r.path("retry").orElseThrow().text("count")))
        .containsExactly("1", "2", "3");
    Node second = receipts.get(1).child("keys").orElseThrow();
    Node third = receipts.get(2).child("keys").orElseThrow();
    assertThat(second.path("key", "id").flatMap(Node::bytes))
        .isNotEqualTo(third.path("key", "id").flatMap(Node::bytes));
    assertThat(second.path("device-identity").flatMap(Node::bytes))
        .contains(account.own.link().deviceIdentity());
  }

  @Test
  void withTheKeysTheSenderStartsOverAndTheMessageArrives() throws Exception {
    getToKnowEachOther();
    receive(damaged("M1"));
    receive(damaged("M1"));
    KeyBundle bundle = KeyBundle.parse(0xF0000001, retry().child("keys").orElseThrow());
    account.annPhone.initiate(OWN_LID, bundle.keys());

    receive(
        Fixture.message(
            ANN_LID, "M1", account.annPhone.encrypt(OWN_LID, text("hello")).with("count", "2")));

    var received = account.heard(Event.MessageReceived.class).getFirst().message();
    assertThat(received.id()).isEqualTo(new MessageId("M1"));
    assertThat(received.text()).isEqualTo("hello");
  }

  @Test
  void withoutARatchetTheKeysGoAlongAtOnce() throws Exception {
    Node enc = account.annPhone.encrypt(OWN_LID, text("x")).with("type", "msg");
    receive(Fixture.message(ANN_LID, "M1", enc));

    assertThat(retry().child("keys")).isPresent();
    assertThat(account.heard(Event.MessageUndecryptable.class).getFirst().reason())
        .isEqualTo("NO_RATCHET");
  }

  @Test
  void anUnknownPreKeyIsAnsweredWithKeysAtOnce() throws Exception {
    var late = new Peer(ANN_LID.withDevice(3), 21);
    account.introduce(late);
    account.store.commit(
        wildcat.client.store.UnitOfWork.of(
            new wildcat.client.store.Change.RemovePreKey(
                account.store.preKeyStock().nextId() - 1)));

    receive(Fixture.message(late.jid(), "M2", late.encrypt(OWN_LID, text("too late"))));

    assertThat(account.heard(Event.MessageUndecryptable.class).getFirst().reason())
        .isEqualTo("UNKNOWN_PRE_KEY");
    assertThat(retry().child("keys")).isPresent();
  }

  @Test
  void afterTheLimitNothingIsAskedForAnyMore() throws Exception {
    getToKnowEachOther();
    for (int i = 0; i < 7; i++) {
      receive(damaged("M1"));
    }

    assertThat(account.server.sent("receipt")).hasSize(4);
    assertThat(account.server.sent("ack")).hasSize(7);
    assertThat(account.heard(Event.MessageUndecryptable.class).stream().map(e -> e.attempts()))
        .containsExactly(1, 2, 3, 4, 5, 5, 5);
  }

  @Test
  void theCountGoesOnAfterARestart() throws Exception {
    getToKnowEachOther();
    Node stanza = damaged("M1");
    Node enc = stanza.child("enc").orElseThrow().with("count", "2");

    receive(stanza.containing(enc));

    assertThat(retry().path("retry").orElseThrow().text("count")).isEqualTo("3");
  }

  @Test
  void theSameDamagedStanzaTwiceIsOneEventAndTheSameRequest() throws Exception {
    getToKnowEachOther();
    Node stanza = damaged("M1");
    receive(stanza);
    receive(stanza);

    assertThat(account.heard(Event.MessageUndecryptable.class)).hasSize(1);
    assertThat(
            account.server.sent("receipt").stream()
                .map(r -> r.path("retry").orElseThrow().text("count")))
        .containsExactly("1", "1");
  }

  @Test
  void whenTheCommitFailsTheAttemptDoesNotCount() throws Exception {
    getToKnowEachOther();
    Node stanza = damaged("M1");
    account.failNextCommit(new StoreFailed.Unavailable("disk full", new java.io.IOException()));
    assertThatThrownBy(() -> receive(stanza)).isInstanceOf(StoreFailed.class);
    assertThat(account.server.sent()).isEmpty();

    receive(stanza);

    assertThat(account.heard(Event.MessageUndecryptable.class).getFirst().attempts()).isEqualTo(1);
    assertThat(retry().path("retry").orElseThrow().text("count")).isEqualTo("1");
  }

  @Test
  void aDamagedMessageDoesNotHarmTheRatchet() throws Exception {
    getToKnowEachOther();
    receive(damaged("M1"));

    receive(Fixture.message(ANN_LID, "M2", account.annPhone.encrypt(OWN_LID, text("fine"))));

    assertThat(account.heard(Event.MessageReceived.class).getFirst().message().text())
        .isEqualTo("fine");
  }
}
