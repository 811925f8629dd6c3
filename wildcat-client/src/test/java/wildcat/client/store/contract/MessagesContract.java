package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.store.contract.Samples.ALICE;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.SENT;
import static wildcat.client.store.contract.Samples.id;
import static wildcat.client.store.contract.Samples.received;
import static wildcat.client.store.contract.Samples.sent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.Change;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// Messages: stored once, moved forward, found again.
public abstract class MessagesContract extends StoreContract {
  protected MessagesContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void messagesComeBackAsTheyWere() throws Exception {
    ChatMessage in = received(BOB, "A1", 0);
    ChatMessage out = sent(BOB, "A2", 1);
    commit(new Change.AddMessage(in), new Change.AddMessage(out));

    assertThat(sales.message(BOB, id("A1"))).contains(in);
    assertThat(sales.message(BOB, id("A2"))).contains(out);
    assertThat(sales.message(ALICE, id("A1"))).isEmpty();
    ArchivedMessage archived = present(store.messages().byId(SALES, id("A2")));
    assertThat(archived.message()).isEqualTo(out);
    assertThat(archived.account()).isEqualTo(SALES);
    assertThat(archived.storedAt()).isEqualTo(clock.instant());
    assertThat(archived.updatedAt()).isEqualTo(clock.instant());
    assertThat(store.messages().byId(SUPPORT, id("A2"))).isEmpty();
  }

  @Test
  void aMessageThatIsAddedAndChangedByOneUnitIsThereAsItEnded() throws Exception {
    commit(new Change.AddMessage(sent(ALICE, "A0", 0)));
    commit(
        new Change.AddMessage(sent(BOB, "A1", 0)),
        new Change.AdvanceMessage(BOB, id("A1"), MessageStatus.SENT, Optional.empty()),
        new Change.AddMessage(received(Samples.BOB_LID, "A2", 1)),
        new Change.MapLid(BOB, Samples.BOB_LID));

    assertThat(store.messages().find(MessageQuery.all(10, 0).of(SALES).in(BOB)))
        .extracting(ArchivedMessage::message)
        .containsExactly(received(BOB, "A2", 1), sent(BOB, "A1", 0).withStatus(MessageStatus.SENT));
    assertThat(store.messages().find(MessageQuery.all(10, 0)))
        .extracting(ArchivedMessage::row)
        .doesNotHaveDuplicates()
        .doesNotContain(0L);
  }

  @Test
  void aMessageIsStoredOncePerChatAndSender() throws Exception {
    Jid group = Jid.group("12036300000000001");
    ChatMessage first = fromTo(ALICE, group, "A1", 0);
    commit(new Change.AddMessage(first));
    commit(
        new Change.AddMessage(fromTo(ALICE, group, "A1", 9)),
        new Change.AddMessage(fromTo(BOB, group, "A1", 1)),
        new Change.AddMessage(received(BOB, "A1", 2)));

    assertThat(store.messages().count(MessageQuery.all(10, 0))).isEqualTo(3);
    assertThat(store.messages().find(MessageQuery.all(10, 0).in(group)))
        .extracting(ArchivedMessage::message)
        .containsExactly(fromTo(BOB, group, "A1", 1), first);
    assertThat(sales.message(group, id("A1"))).contains(fromTo(BOB, group, "A1", 1));
    assertThat(present(store.messages().byId(SALES, id("A1"))).message())
        .isEqualTo(received(BOB, "A1", 2));
  }

  private static ChatMessage fromTo(Jid sender, Jid chat, String id, int seconds) {
    ChatMessage plain = received(sender, id, seconds);
    return new ChatMessage(
        chat,
        plain.id(),
        sender,
        false,
        plain.timestamp(),
        plain.pushName(),
        plain.type(),
        plain.text(),
        plain.quote(),
        plain.mentions(),
        plain.forwarded(),
        plain.status(),
        plain.origin(),
        plain.content(),
        Marks.NONE);
  }

  @Test
  void whatBecameOfAMessageIsKeptWithIt() throws Exception {
    commit(
        new Change.AddMessage(received(BOB, "A1", 0)), new Change.AddMessage(sent(BOB, "A2", 1)));
    var marks =
        new Marks(
            List.of(new Marks.Reaction(ALICE, "\uD83D\uDC4D\uD83C\uDFFD", SENT.plusSeconds(5))),
            Optional.of(SENT.plusSeconds(6)),
            Optional.of(new Marks.Revocation(BOB, SENT.plusSeconds(7))),
            true,
            Optional.of(SENT.plusSeconds(8)),
            List.of(
                new Marks.Vote(ALICE, List.of(0, 2), SENT.plusSeconds(9)),
                new Marks.Vote(BOB, List.of(), SENT.plusSeconds(10))));
    ChatMessage revised =
        received(BOB, "A1", 0)
            .saying("other", List.of(ALICE), Bytes.ofUtf8("other content"))
            .withMarks(marks);
    clock.advance(Duration.ofSeconds(1));
    commit(
        new Change.ReviseMessage(revised),
        new Change.ReviseMessage(received(BOB, "A3", 0)),
        new Change.ReviseMessage(received(ALICE, "A1", 0)));

    assertThat(sales.message(BOB, id("A1"))).contains(revised);
    assertThat(sales.message(BOB, id("A2"))).contains(sent(BOB, "A2", 1));
    assertThat(sales.message(BOB, id("A3"))).isEmpty();
    ArchivedMessage archived = present(store.messages().byId(SALES, id("A1")));
    assertThat(archived.updatedAt()).isEqualTo(clock.instant());
    assertThat(archived.storedAt()).isEqualTo(clock.instant().minusSeconds(1));
  }

  @Test
  void aRevisionDoesNotTouchHowFarTheMessageHasCome() throws Exception {
    commit(new Change.AddMessage(sent(BOB, "A2", 1)));
    commit(
        new Change.AdvanceMessage(
            BOB, id("A2"), MessageStatus.READ, Optional.of(SENT.plusSeconds(3))),
        new Change.ReviseMessage(sent(BOB, "A2", 1).withMarks(Marks.NONE.starred(true))));

    assertThat(sales.message(BOB, id("A2")))
        .contains(
            sent(BOB, "A2", 1)
                .withMarks(Marks.NONE.starred(true))
                .withStatus(MessageStatus.READ)
                .withTimestamp(SENT.plusSeconds(3)));
  }

  @Test
  void listsShowMessagesAndNotWhatIsSaidAboutThem() throws Exception {
    ChatMessage reaction = typed(sent(BOB, "A2", 9), "reaction");
    commit(new Change.AddMessage(received(BOB, "A1", 0)), new Change.AddMessage(reaction));

    assertThat(sales.message(BOB, id("A2"))).contains(reaction);
    assertThat(sales.unacknowledged(10)).containsExactly(reaction);
    MessageQuery query = MessageQuery.all(10, 0).of(SALES).in(BOB);
    assertThat(store.messages().find(query))
        .extracting(ArchivedMessage::message)
        .containsExactly(received(BOB, "A1", 0));
    assertThat(store.messages().count(query)).isEqualTo(1);
    assertThat(store.messages().chats(SALES, 10, 0))
        .singleElement()
        .satisfies(chat -> {
          assertThat(chat.messageCount()).isEqualTo(1);
          assertThat(chat.lastMessage().message()).isEqualTo(received(BOB, "A1", 0));
        });
  }

  private static ChatMessage typed(ChatMessage plain, String type) {
    return new ChatMessage(
        plain.chat(),
        plain.id(),
        plain.sender(),
        plain.fromMe(),
        plain.timestamp(),
        plain.pushName(),
        type,
        plain.text(),
        plain.quote(),
        plain.mentions(),
        plain.forwarded(),
        plain.status(),
        plain.origin(),
        plain.content(),
        Marks.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, SENT, SENT",
    "PENDING, FAILED, FAILED",
    "FAILED, SENT, SENT",
    "SENT, FAILED, SENT",
    "SENT, DELIVERED, DELIVERED",
    "DELIVERED, SENT, DELIVERED",
    "READ, DELIVERED, READ",
    "DELIVERED, PLAYED, PLAYED",
    "SENT, PENDING, SENT",
    "SENT, RECEIVED, SENT",
  })
  void aSentMessageOnlyMovesForward(MessageStatus from, MessageStatus to, MessageStatus result)
      throws Exception {
    commit(new Change.AddMessage(sent(BOB, "A1", 0).withStatus(from)));
    commit(new Change.AdvanceMessage(BOB, id("A1"), to, Optional.empty()));

    assertThat(sales.message(BOB, id("A1"))).contains(sent(BOB, "A1", 0).withStatus(result));
  }

  @Test
  void theServersTimestampIsTakenOverEvenWhenTheReceiptCameFirst() throws Exception {
    Instant servers = SENT.plusSeconds(77);
    commit(new Change.AddMessage(sent(BOB, "A1", 0)));
    clock.advance(Duration.ofSeconds(3));
    commit(
        new Change.AdvanceMessage(BOB, id("A1"), MessageStatus.DELIVERED, Optional.empty()),
        new Change.AdvanceMessage(BOB, id("A1"), MessageStatus.SENT, Optional.of(servers)));

    ArchivedMessage stored = present(store.messages().byId(SALES, id("A1")));
    assertThat(stored.message().timestamp()).isEqualTo(servers);
    assertThat(stored.message().status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(stored.updatedAt()).isEqualTo(stored.storedAt().plusSeconds(3));
  }

  @Test
  void whatOthersWroteIsNeverAdvanced() throws Exception {
    commit(new Change.AddMessage(received(BOB, "A1", 0)));
    commit(
        new Change.AdvanceMessage(BOB, id("A1"), MessageStatus.READ, Optional.of(Instant.EPOCH)),
        new Change.AdvanceMessage(BOB, id("none"), MessageStatus.READ, Optional.empty()));

    assertThat(sales.message(BOB, id("A1"))).contains(received(BOB, "A1", 0));
  }

  @Test
  void unacknowledgedMessagesAreListedOldestFirst() throws Exception {
    commit(
        new Change.AddMessage(sent(BOB, "A1", 9)),
        new Change.AddMessage(sent(ALICE, "A2", 5)),
        new Change.AddMessage(received(BOB, "A3", 1)),
        new Change.AddMessage(sent(BOB, "A4", 1)),
        new Change.AdvanceMessage(BOB, id("A1"), MessageStatus.SENT, Optional.empty()));
    store.open(SUPPORT).commit(UnitOfWork.of(new Change.AddMessage(sent(BOB, "B1", 0))));

    assertThat(sales.unacknowledged(10)).containsExactly(sent(ALICE, "A2", 5), sent(BOB, "A4", 1));
    assertThat(sales.unacknowledged(1)).containsExactly(sent(ALICE, "A2", 5));
  }

  @Test
  void aCiphertextIsKnownExactlyOnceItWasCommitted() throws Exception {
    Bytes hash = samples.bytes(32);
    assertThat(sales.knowsCiphertext(BOB, id("A1"), hash)).isFalse();
    commit(
        new Change.RememberCiphertext(BOB, id("A1"), hash),
        new Change.RememberCiphertext(BOB, id("A1"), hash));

    assertThat(sales.knowsCiphertext(BOB, id("A1"), hash)).isTrue();
    assertThat(sales.knowsCiphertext(BOB, id("A1"), samples.bytes(32))).isFalse();
    assertThat(sales.knowsCiphertext(BOB, id("A2"), hash)).isFalse();
    assertThat(sales.knowsCiphertext(BOB.withDevice(2), id("A1"), hash)).isFalse();
    assertThat(store.open(SUPPORT).knowsCiphertext(BOB, id("A1"), hash)).isFalse();
  }

  @Test
  void theNewestComeFirstAndAQueryRestricts() throws Exception {
    commit(
        new Change.AddMessage(received(BOB, "A1", 10)),
        new Change.AddMessage(received(BOB, "A2", 30)),
        new Change.AddMessage(received(ALICE, "A3", 20)),
        new Change.AddMessage(received(BOB, "A4", 20)));
    store.open(SUPPORT).commit(UnitOfWork.of(new Change.AddMessage(received(BOB, "B1", 40))));
    MessageQuery all = MessageQuery.all(10, 0);

    assertThat(ids(all)).containsExactly("B1", "A2", "A4", "A3", "A1");
    assertThat(ids(all.of(SALES))).containsExactly("A2", "A4", "A3", "A1");
    assertThat(ids(all.of(SALES).in(BOB))).containsExactly("A2", "A4", "A1");
    assertThat(ids(all.in(BOB))).containsExactly("B1", "A2", "A4", "A1");
    assertThat(
            ids(
                all.of(SALES)
                    .between(Optional.of(SENT.plusSeconds(30)), Optional.of(SENT.plusSeconds(10)))))
        .containsExactly("A4", "A3");
    assertThat(ids(MessageQuery.all(2, 1).of(SALES))).containsExactly("A4", "A3");
    assertThat(store.messages().count(MessageQuery.all(1, 1).of(SALES).in(BOB))).isEqualTo(3);
    assertThat(store.messages().count(all)).isEqualTo(5);
    assertThat(ids(all.of(new AccountId("nobody")))).isEmpty();
  }

  private List<String> ids(MessageQuery query) throws Exception {
    return store.messages().find(query).stream()
        .map(stored -> stored.message().id().value())
        .toList();
  }

  @Test
  void pagesByRowNeitherRepeatNorSkipWhileMessagesArrive() throws Exception {
    commit(
        new Change.AddMessage(received(BOB, "A1", 10)),
        new Change.AddMessage(received(BOB, "A2", 20)),
        new Change.AddMessage(received(BOB, "A3", 20)),
        new Change.AddMessage(received(BOB, "A4", 20)),
        new Change.AddMessage(received(BOB, "A5", 30)));
    List<ArchivedMessage> first = store.messages().find(MessageQuery.all(2, 0).of(SALES));
    commit(new Change.AddMessage(received(BOB, "A6", 40)));
    MessageQuery next = MessageQuery.all(10, 0).of(SALES).below(first.getLast().row());

    assertThat(first)
        .extracting(stored -> stored.message().id().value())
        .containsExactly("A5", "A4");
    assertThat(ids(next)).containsExactly("A3", "A2", "A1");
  }

  @Test
  void chatsAreListedByTheirNewestMessage() throws Exception {
    Jid group = Jid.group("12036300000000001");
    commit(
        new Change.AddMessage(received(BOB, "A1", 10)),
        new Change.AddMessage(received(ALICE, "A2", 20)),
        new Change.AddMessage(fromTo(BOB, group, "A3", 30)),
        new Change.AddMessage(received(BOB, "A4", 40)));
    store.open(SUPPORT).commit(UnitOfWork.of(new Change.AddMessage(received(BOB, "B1", 50))));

    assertThat(store.messages().chats(SALES, 10, 0))
        .extracting(chat ->
            chat.chat() + " " + chat.messageCount() + " " + chat.lastMessage().message().id())
        .containsExactly(BOB + " 2 A4", group + " 1 A3", ALICE + " 1 A2");
    assertThat(store.messages().chats(SALES, 1, 1))
        .extracting(chat -> chat.chat())
        .containsExactly(group);
  }
}
