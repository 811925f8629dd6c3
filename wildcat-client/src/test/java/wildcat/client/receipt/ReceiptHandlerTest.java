package wildcat.client.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.OWN_PN;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.fake.FakeExchange;
import wildcat.client.fake.Fixture;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.store.Change;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

class ReceiptHandlerTest {
  private static final Instant AT = Instant.ofEpochSecond(1_755_768_060);

  private static final Jid GROUP = Jid.group("120363000000000001");
  private static final Jid BOB = Jid.pn("15550000003");

  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  private void send(String id) throws Exception {
    account.sender.send(
        OutgoingMessage.text(ANN_PN, "hello").withId(new MessageId(id)), account.server);
  }

  private static Node receipt(String id, String type) {
    Node receipt =
        Node.of("receipt").with("from", ANN_LID).with("id", id).with("t", AT.getEpochSecond());
    return type.isEmpty() ? receipt : receipt.with("type", type);
  }

  private void handle(Node receipt) throws Exception {
    account.receipts.handle(receipt, account.server);
  }

  private MessageStatus status(String id) throws Exception {
    return account.store.message(ANN_PN, new MessageId(id)).orElseThrow().status();
  }

  private static Event changed(String id, MessageStatus status) {
    return new Event.MessageStatusChanged(ANN_PN, new MessageId(id), status, AT, Optional.empty());
  }

  @Test
  void statusMovesForwardAndIsTold() throws Exception {
    send("M1");
    account.heard.clear();

    handle(receipt("M1", ""));
    assertThat(status("M1")).isEqualTo(MessageStatus.DELIVERED);
    handle(receipt("M1", "read"));
    assertThat(status("M1")).isEqualTo(MessageStatus.READ);
    handle(receipt("M1", "played"));

    assertThat(account.heard)
        .containsExactly(
            changed("M1", MessageStatus.DELIVERED),
            changed("M1", MessageStatus.READ),
            changed("M1", MessageStatus.PLAYED));
  }

  @Test
  void statusNeverMovesBack() throws Exception {
    send("M1");
    handle(receipt("M1", "read"));
    account.heard.clear();

    handle(receipt("M1", "")); // of another device of Ann
    handle(receipt("M1", "read"));

    assertThat(status("M1")).isEqualTo(MessageStatus.READ);
    assertThat(account.heard).isEmpty();
    assertThat(account.server.sent("ack")).hasSize(3);
  }

  @Test
  void aListOfIdsIsOneCommit() throws Exception {
    send("M1");
    send("M2");
    send("M3");
    account.commits.clear();

    handle(
        receipt("M1", "read")
            .containing(
                Node.of(
                    "list", Node.of("item").with("id", "M2"), Node.of("item").with("id", "M3"))));

    for (String id : List.of("M1", "M2", "M3")) {
      assertThat(status(id)).isEqualTo(MessageStatus.READ);
    }
    assertThat(account.commits).hasSize(1);
  }

  @Test
  void theAckMirrorsTheReceiptAndFollowsTheCommit() throws Exception {
    send("M1");
    account.failNextCommit(new StoreFailed.Unavailable("disk full", new java.io.IOException()));
    assertThatThrownBy(() -> handle(receipt("M1", "read"))).isInstanceOf(StoreFailed.class);
    assertThat(account.server.sent()).isEmpty();

    handle(receipt("M1", "read"));

    Node ack = account.server.sent("ack").getFirst();
    assertThat(ack.text("class")).isEqualTo("receipt");
    assertThat(ack.text("id")).isEqualTo("M1");
    assertThat(ack.text("type")).isEqualTo("read");
    assertThat(ack.jid("to")).contains(ANN_LID);
  }

  @Test
  void aReceiptThatOvertakesTheAckCountsAsTheAck() throws Exception {
    account.server.nextAck(stanza -> {
      try {
        handle(receipt("M1", ""));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return FakeExchange.ack(stanza);
    });

    send("M1");

    assertThat(account.heard.stream().<Class<?>>map(Object::getClass))
        .containsExactly(Event.MessageSent.class, Event.MessageStatusChanged.class);
    assertThat(status("M1")).isEqualTo(MessageStatus.DELIVERED);
    assertThat(account.store.message(ANN_PN, new MessageId("M1")).orElseThrow().timestamp())
        .isEqualTo(Instant.ofEpochSecond(1_755_768_001));
  }

  @Test
  void afterALostAckTheReceiptProvesThatTheMessageWasSent() throws Exception {
    account.server.nextAck(_ -> {
      throw new OutcomeUnknown("no ack");
    });
    assertThatThrownBy(() -> send("M1")).isInstanceOf(OutcomeUnknown.class);

    handle(receipt("M1", "read"));

    assertThat(account.heard(Event.MessageSent.class)).hasSize(1);
    account.sender.resendUnacknowledged(account.server);
    assertThat(account.server.delivered()).hasSize(1);
  }

  @Test
  void whatSaysNothingOfOurMessagesIsOnlyAcknowledged() throws Exception {
    send("M1");
    account.heard.clear();

    handle(receipt("M1", "read-self"));
    handle(receipt("M1", "something-new"));
    handle(receipt("UNKNOWN", "read"));
    handle(receipt("x".repeat(129), "read"));
    handle(
        Node.of("receipt")
            .with("from", OWN_LID.withDevice(0))
            .with("recipient", ANN_LID)
            .with("id", "M1")
            .with("type", "sender"));

    assertThat(account.heard).isEmpty();
    assertThat(status("M1")).isEqualTo(MessageStatus.SENT);
    assertThat(account.server.sent("ack")).hasSize(5);
  }

  private static ChatMessage said(Jid chat, Jid sender, String id, int seconds) {
    return new ChatMessage(
        chat,
        new MessageId(id),
        sender,
        sender.equals(OWN_PN.withoutDevice()),
        Fixture.START.plusSeconds(seconds),
        "",
        "text",
        "hello",
        Optional.empty(),
        List.of(),
        false,
        sender.equals(OWN_PN.withoutDevice()) ? MessageStatus.SENT : MessageStatus.RECEIVED,
        ChatMessage.Origin.LIVE,
        Bytes.ofUtf8("content"),
        Marks.NONE);
  }

  private void store(ChatMessage... messages) throws Exception {
    account.lids.learn(ANN_PN, ANN_LID);
    for (ChatMessage message : messages) {
      account.ledger.commit(new Change.AddMessage(message));
    }
    account.heard.clear();
  }

  private static Node fromGroup(Jid participant, String id, String type) {
    return receipt(id, type).with("from", GROUP).with("participant", participant);
  }

  @Test
  void inAGroupEachPersonIsToldOfOnceForEachStep() throws Exception {
    store(said(GROUP, OWN_PN.withoutDevice(), "G1", 0));

    handle(fromGroup(ANN_LID.withDevice(3), "G1", "read"));
    handle(fromGroup(ANN_LID, "G1", ""));
    handle(fromGroup(ANN_PN.withDevice(2), "G1", "read"));
    handle(fromGroup(BOB, "G1", ""));

    assertThat(account.heard(Event.MessageStatusChanged.class))
        .extracting(event -> event.participant().orElseThrow() + " " + event.status())
        .containsExactly(ANN_PN + " READ", BOB + " DELIVERED");
    assertThat(account.store.message(GROUP, new MessageId("G1")).orElseThrow().status())
        .isEqualTo(MessageStatus.READ);
    assertThat(account.store.receipt(GROUP, new MessageId("G1"), ANN_PN).orElseThrow().readAt())
        .contains(AT);
  }

  @Test
  void aReceiptOfManyReadersIsTakenApart() throws Exception {
    store(said(GROUP, OWN_PN.withoutDevice(), "G1", 0));

    handle(
        Node.of("receipt")
            .with("from", GROUP)
            .with("id", "R1")
            .with("type", "read")
            .containing(
                Node.of(
                        "participants",
                        Node.of("user").with("jid", BOB).with("t", 1_755_768_077),
                        Node.of("user").with("jid", ANN_LID))
                    .with("key", "G1")));

    assertThat(account.heard(Event.MessageStatusChanged.class)).hasSize(2);
    assertThat(account.store.receipt(GROUP, new MessageId("G1"), BOB).orElseThrow().readAt())
        .contains(Instant.ofEpochSecond(1_755_768_077));
  }

  @Test
  void whatAnotherDeviceOfOursHasReadIsReadHereToo() throws Exception {
    store(
        said(ANN_PN, ANN_PN, "A1", 0),
        said(ANN_PN, ANN_PN, "A2", 1),
        said(ANN_PN, ANN_PN, "A3", 2));

    handle(
        Node.of("receipt", Node.of("list", Node.of("item").with("id", "A1")))
            .with("from", OWN_LID.withDevice(0))
            .with("recipient", ANN_LID)
            .with("id", "A2")
            .with("type", "read-self"));

    assertThat(account.heard).containsExactly(new Event.ChatRead(ANN_PN, new MessageId("A2")));
    assertThat(account.store.unread(ANN_PN, 10))
        .extracting(message -> message.id().value())
        .containsExactly("A3");
  }

  @Test
  void thousandsOfIdsAreTakenInSlicesAndAcknowledgedOnce() throws Exception {
    account.lids.learn(ANN_PN, ANN_LID);
    var items = new ArrayList<Node>();
    for (int i = 0; i < 3_000; i++) {
      items.add(Node.of("item").with("id", "M" + i));
    }
    account.ledger.step(work -> {
      for (int i = 0; i < 3_000; i++) {
        work.add(new Change.AddMessage(said(ANN_PN, OWN_PN.withoutDevice(), "M" + i, i)));
      }
      return work;
    });
    account.commits.clear();

    handle(receipt("M0", "read").containing(Node.of("list").containing(items)));

    assertThat(account.heard(Event.MessageStatusChanged.class)).hasSize(3_000);
    assertThat(account.commits).hasSize(12);
    assertThat(account.server.sent("ack")).hasSize(1);
  }
}
