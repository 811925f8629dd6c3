package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.encFor;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.fake.Fixture;
import wildcat.client.fake.Peer;
import wildcat.client.store.StoreFailed;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// What this side does when others cannot decrypt.
class RetryAnswersTest {
  private Fixture account;
  private ChatMessage message;

  @BeforeEach
  void sendOne() throws Exception {
    account = new Fixture();
    message =
        account.sender.send(
            OutgoingMessage.text(ANN_PN, "hello").withId(new MessageId("M1")), account.server);
    account.server.delivered().clear();
  }

  private static Node retry(Jid from, String id, int count, Peer requester) {
    return Node.of("receipt")
        .with("from", from)
        .with("id", id)
        .with("type", "retry")
        .containing(
            Node.of("retry").with("count", count).with("id", id).with("v", "1"),
            requester.registration());
  }

  private static Node withKeys(Node retry, Peer requester) {
    return retry.containing(
        retry.children().getFirst(), retry.children().getLast(), requester.keys());
  }

  private void handle(Node receipt) throws Exception {
    account.receipts.handle(receipt, account.server);
  }

  private Node copy() {
    return account.server.sent("message").getLast();
  }

  private Message open(Peer peer) throws Exception {
    return peer.decrypt(OWN_LID, copy().child("enc").orElseThrow());
  }

  @Test
  void theCopyGoesToTheDeviceThatAskedAndToNoOther() throws Exception {
    handle(
        withKeys(retry(account.annDesktop.jid(), "M1", 2, account.annDesktop), account.annDesktop));

    assertThat(copy().jid("to")).contains(account.annDesktop.jid());
    assertThat(copy().text("id")).isEqualTo("M1");
    assertThat(copy().text("device_fanout")).isEqualTo("false");
    assertThat(copy().text("t")).isEqualTo(Long.toString(message.timestamp().getEpochSecond()));
    assertThat(copy().child("participants")).isEmpty();
    assertThat(copy().child("enc").orElseThrow().text("count")).isEqualTo("2");
    assertThat(copy().child("device-identity")).isPresent();
    assertThat(open(account.annDesktop).getConversation()).isEqualTo("hello");
    assertThat(account.server.sent().getLast().tag()).isEqualTo("ack");
    assertThat(account.server.sent("ack").getLast().text("type")).isEqualTo("retry");
  }

  @Test
  void keysInTheReceiptMakeANewRatchet() throws Exception {
    account.annPhone.forget(OWN_LID);
    handle(withKeys(retry(ANN_LID, "M1", 1, account.annPhone), account.annPhone));

    assertThat(account.server.requests("key")).hasSize(1); // that of the first send
    assertThat(open(account.annPhone).getConversation()).isEqualTo("hello");
  }

  @Test
  void theFirstTimeWithoutKeysTheRatchetIsKept() throws Exception {
    handle(retry(ANN_LID, "M1", 1, account.annPhone));

    assertThat(account.server.requests("key")).hasSize(1);
    assertThat(open(account.annPhone).getConversation()).isEqualTo("hello");
  }

  @Test
  void theSecondTimeWithoutKeysTheyAreFetchedOnceAnHour() throws Exception {
    handle(retry(ANN_LID, "M1", 2, account.annPhone));
    assertThat(account.server.requests("key")).hasSize(2);
    handle(retry(ANN_LID, "M1", 2, account.annPhone));
    assertThat(account.server.requests("key")).hasSize(2);
    account.pass(Duration.ofMinutes(61));
    handle(retry(ANN_LID, "M1", 2, account.annPhone));
    assertThat(account.server.requests("key")).hasSize(3);
    assertThat(open(account.annPhone).getConversation()).isEqualTo("hello");
  }

  @Test
  void theSameBaseKeyAgainForcesANewRatchet() throws Exception {
    handle(retry(ANN_LID, "M1", 2, account.annPhone));
    Bytes before = baseKeyOfCopy();

    handle(retry(ANN_LID, "M1", 3, account.annPhone)); // within the hour

    assertThat(account.server.requests("key")).hasSize(3);
    assertThat(baseKeyOfCopy()).isNotEqualTo(before);
  }

  /// Field 2 of the PreKeySignalMessage.
  private Bytes baseKeyOfCopy() throws Exception {
    var input =
        com.google.protobuf.CodedInputStream.newInstance(
            copy().child("enc").flatMap(Node::bytes).orElseThrow().toArray());
    input.readRawByte();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag >>> 3 == 2) {
        return Bytes.wrap(input.readByteArray());
      }
      input.skipField(tag);
    }
    throw new AssertionError("no base key");
  }

  @Test
  void anotherRegistrationForcesANewRatchet() throws Exception {
    var reinstalled = new Peer(ANN_LID, 61);
    account.server.with(Fixture.ann(reinstalled));

    handle(retry(ANN_LID, "M1", 1, reinstalled));

    assertThat(open(reinstalled).getConversation()).isEqualTo("hello");
    assertThat(account.heard(Event.IdentityChanged.class))
        .containsExactly(new Event.IdentityChanged(ANN_PN));
  }

  @Test
  void anOwnDeviceGetsWhatWeHaveSentToTheChat() throws Exception {
    Node receipt =
        withKeys(retry(account.ownOther.jid(), "M1", 2, account.ownOther), account.ownOther)
            .with("recipient", ANN_LID);
    handle(receipt);

    assertThat(copy().jid("recipient")).contains(ANN_LID);
    Message wrapper = open(account.ownOther);
    assertThat(wrapper.getDeviceSentMessage().getDestinationJid()).isEqualTo(ANN_LID.toString());
    assertThat(wrapper.getDeviceSentMessage().getMessage().getConversation()).isEqualTo("hello");
  }

  @Test
  void fiveCopiesAreEnough() throws Exception {
    for (int i = 0; i < 8; i++) {
      handle(retry(ANN_LID, "M1", 1, account.annPhone));
    }
    assertThat(account.server.sent("message")).hasSize(5);
    assertThat(account.server.sent("ack")).hasSize(8);
    handle(retry(account.annDesktop.jid(), "M1", 1, account.annDesktop));
    assertThat(account.server.sent("message")).hasSize(6);
  }

  @Test
  void somebodyElseDoesNotGetTheMessage() throws Exception {
    Jid bob = Jid.lid("100000000000003");
    handle(withKeys(retry(bob, "M1", 1, new Peer(bob, 71)), new Peer(bob, 71)));
    handle(retry(ANN_LID, "UNKNOWN", 1, account.annPhone));

    assertThat(account.server.sent("message")).isEmpty();
    assertThat(account.server.sent("ack")).hasSize(2);
  }

  @Test
  void receivedMessagesAreNotSentBack() throws Exception {
    account.introduce(account.annPhone);
    account.receiver.handle(
        Fixture.message(ANN_LID, "HERS", account.annPhone.encrypt(OWN_LID, Fixture.text("x"))),
        account.server);

    handle(retry(ANN_LID, "HERS", 1, account.annPhone));

    assertThat(account.server.sent("message")).isEmpty();
  }

  @Test
  void keysOfACompanionNobodyVouchesForAreNotUsed() throws Exception {
    var bare = new Peer(ANN_LID.withDevice(6), 72);

    handle(withKeys(retry(bare.jid(), "M1", 2, bare), bare));

    assertThat(account.server.sent("message")).isEmpty();
    assertThat(account.server.sent("ack")).hasSize(1);
  }

  @Test
  void theStepIsCommittedBeforeTheCopyLeaves() throws Exception {
    account.failNextCommit(new StoreFailed.Unavailable("disk full", new java.io.IOException()));

    assertThatThrownBy(() -> handle(retry(ANN_LID, "M1", 1, account.annPhone)))
        .isInstanceOf(StoreFailed.class);

    assertThat(account.server.sent()).isEmpty();
  }

  @Test
  void theConversationGoesOnAfterwards() throws Exception {
    handle(withKeys(retry(ANN_LID, "M1", 2, account.annPhone), account.annPhone));
    open(account.annPhone);

    account.sender.send(OutgoingMessage.text(ANN_PN, "next"), account.server);

    Node stanza = account.server.lastDelivered();
    assertThat(account.annPhone.decrypt(OWN_LID, encFor(stanza, ANN_LID)).getConversation())
        .isEqualTo("next");
  }
}
