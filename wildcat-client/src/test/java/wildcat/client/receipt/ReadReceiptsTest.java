package wildcat.client.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.START;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.fake.Fixture;
import wildcat.client.session.NotConnected;
import wildcat.client.store.Change;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

class ReadReceiptsTest {
  private static final Jid GROUP = Jid.group("120363000000000001");
  private static final Jid BOB = Jid.pn("15550000003");

  private Fixture account;
  private ReadReceipts receipts;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
    account.lids.learn(ANN_PN, ANN_LID);
    receipts = new ReadReceipts(account.ledger, account.lids, new ReadReceiptPrivacy());
    privacy("all");
    account.heard.clear();
  }

  private void privacy(String readReceipts) {
    account.server.nextAnswer(
        "privacy",
        _ ->
            Node.of(
                    "iq",
                    Node.of(
                        "privacy",
                        Node.of("category")
                            .with("name", "readreceipts")
                            .with("value", readReceipts)))
                .with("type", "result"));
  }

  private void received(Jid chat, Jid sender, String id, int second) throws Exception {
    account.ledger.commit(
        new Change.AddMessage(
            new ChatMessage(
                chat,
                new MessageId(id),
                sender,
                false,
                START.plusSeconds(second),
                "",
                "text",
                "hello",
                Optional.empty(),
                List.of(),
                false,
                MessageStatus.RECEIVED,
                ChatMessage.Origin.LIVE,
                Bytes.empty(),
                Marks.NONE)));
  }

  private int read(Jid chat, Optional<String> upTo) throws Exception {
    return receipts.read(chat, upTo.map(MessageId::new), account.server);
  }

  @Test
  void aChatIsReadWithOneReceiptOfAllIdsOldestFirst() throws Exception {
    received(ANN_PN, ANN_PN, "A1", 1);
    received(ANN_PN, ANN_PN, "A2", 2);
    received(ANN_PN, ANN_PN, "A3", 3);

    assertThat(read(ANN_LID, Optional.of("A2"))).isEqualTo(2);

    Node receipt = account.server.sent("receipt").getFirst();
    assertThat(receipt.text("id")).isEqualTo("A1");
    assertThat(receipt.text("type")).isEqualTo("read");
    assertThat(receipt.jid("to")).contains(ANN_LID);
    assertThat(receipt.attribute("participant")).isEmpty();
    assertThat(receipt.number("t")).contains(START.getEpochSecond());
    assertThat(receipt.path("list", "item").orElseThrow().text("id")).isEqualTo("A2");
    assertThat(account.heard).containsExactly(new Event.ChatRead(ANN_PN, new MessageId("A2")));
    assertThat(account.store.unread(ANN_PN, 9)).hasSize(1);
    assertThat(read(ANN_PN, Optional.of("A1"))).isZero();
    assertThat(account.server.sent("receipt")).hasSize(1);
  }

  @Test
  void inAGroupEachAuthorIsNamed() throws Exception {
    received(GROUP, ANN_PN, "A1", 1);
    received(GROUP, BOB, "B1", 2);
    received(GROUP, ANN_PN, "A2", 3);

    assertThat(read(GROUP, Optional.empty())).isEqualTo(3);

    assertThat(account.server.sent("receipt"))
        .extracting(r -> r.jid("participant").orElseThrow() + " " + r.text("id"))
        .containsExactly(ANN_LID + " A1", BOB + " B1");
    assertThat(account.server.sent("receipt")).allMatch(r -> r.text("to").equals(GROUP.toString()));
  }

  @Test
  void manyMessagesAreReadInReceiptsOfLimitedLength() throws Exception {
    for (int i = 0; i < ReadReceipts.IDS_PER_RECEIPT + 1; i++) {
      received(ANN_PN, ANN_PN, "A" + i, i);
    }

    assertThat(read(ANN_PN, Optional.empty())).isEqualTo(ReadReceipts.IDS_PER_RECEIPT + 1);
    assertThat(account.server.sent("receipt")).hasSize(2);
    assertThat(account.server.sent("receipt").getFirst().child("list").orElseThrow().children())
        .hasSize(ReadReceipts.IDS_PER_RECEIPT - 1);
    assertThat(account.server.requests("privacy")).hasSize(1);
  }

  @Test
  void whoHidesThatHeHasReadTellsOnlyHisOwnDevices() throws Exception {
    var hiding = new ReadReceiptPrivacy();
    receipts = new ReadReceipts(account.ledger, account.lids, hiding);
    account.server.request(Node.of("iq", Node.of("privacy"))); // the answer of the set-up
    privacy("none");
    received(ANN_PN, ANN_PN, "A1", 1);

    read(ANN_PN, Optional.empty());
    assertThat(account.server.sent("receipt").getFirst().text("type")).isEqualTo("read-self");

    hiding.forget();
    privacy("all");
    received(ANN_PN, ANN_PN, "A2", 2);
    read(ANN_PN, Optional.empty());
    assertThat(account.server.sent("receipt").getLast().text("type")).isEqualTo("read");
  }

  @Test
  void withoutAConnectionNothingIsRead() throws Exception {
    received(ANN_PN, ANN_PN, "A1", 1);
    account.server.connected(false);

    assertThatThrownBy(() -> read(ANN_PN, Optional.empty())).isInstanceOf(NotConnected.class);

    assertThat(account.store.unread(ANN_PN, 9)).hasSize(1);
    assertThat(account.heard).isEmpty();
  }
}
