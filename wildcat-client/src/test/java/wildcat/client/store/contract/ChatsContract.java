package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.store.contract.Samples.ALICE;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.BOB_LID;
import static wildcat.client.store.contract.Samples.SENT;
import static wildcat.client.store.contract.Samples.id;
import static wildcat.client.store.contract.Samples.received;
import static wildcat.client.store.contract.Samples.sent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageStatus;
import wildcat.client.event.Receipt;
import wildcat.client.store.Change;
import wildcat.client.store.ChatArchive.Chat;
import wildcat.client.store.ChatArchive.ChatQuery;
import wildcat.client.store.ChatArchive.ContactQuery;
import wildcat.client.store.ChatArchive.Position;
import wildcat.client.store.MessageArchive.Filter;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.Store;
import wildcat.protocol.jid.Jid;

/// Chats, persons, and who has read what.
public abstract class ChatsContract extends StoreContract {
  private static final Jid GROUP = Jid.group("12036300000000001");

  protected ChatsContract(StoreFactory factory) {
    super(factory);
  }

  private static Change receipt(Jid chat, String message, Jid person, MessageStatus status, int s) {
    return new Change.NoteReceipt(chat, id(message), person, status, SENT.plusSeconds(s));
  }

  private List<Receipt> receipts(String message) throws Exception {
    return store.messages().receipts(present(store.messages().byId(SALES, id(message))));
  }

  private static Optional<Instant> at(int seconds) {
    return Optional.of(SENT.plusSeconds(seconds));
  }

  @Test
  void eachPersonHasItsOwnReceiptAndTheFirstTimeOfEachStepStays() throws Exception {
    commit(
        new Change.AddMessage(sent(GROUP, "A1", 0)), new Change.AddMessage(received(BOB, "B", 0)));
    commit(
        receipt(GROUP, "A1", BOB, MessageStatus.DELIVERED, 1),
        receipt(GROUP, "A1", ALICE, MessageStatus.READ, 2),
        receipt(GROUP, "A1", BOB, MessageStatus.PLAYED, 3),
        receipt(GROUP, "A1", BOB, MessageStatus.DELIVERED, 9),
        receipt(GROUP, "none", BOB, MessageStatus.READ, 3),
        receipt(BOB, "B", BOB, MessageStatus.READ, 3));

    assertThat(receipts("A1"))
        .containsExactly(
            new Receipt(ALICE, Optional.empty(), at(2), Optional.empty()),
            new Receipt(BOB, at(1), Optional.empty(), at(3)));
    assertThat(sales.receipt(GROUP, id("A1"), ALICE)).contains(receipts("A1").getFirst());
    assertThat(sales.receipt(GROUP, id("A1"), BOB_LID)).isEmpty();
    assertThat(receipts("B")).isEmpty();
    assertThat(sales.receipt(BOB, id("B"), BOB)).isEmpty();
  }

  @Test
  void thePersonOfAReceiptIsOnePersonWhenTheNumberOfALidBecomesKnown() throws Exception {
    commit(
        new Change.AddMessage(sent(GROUP, "A1", 0)),
        receipt(GROUP, "A1", BOB_LID, MessageStatus.DELIVERED, 1));
    commit(new Change.MapLid(BOB, BOB_LID), receipt(GROUP, "A1", BOB, MessageStatus.READ, 2));

    assertThat(receipts("A1")).containsExactly(new Receipt(BOB, at(1), at(2), Optional.empty()));
  }

  @Test
  void receiptsGoWithTheirMessage() throws Exception {
    commit(
        new Change.AddMessage(sent(GROUP, "A1", 0)),
        receipt(GROUP, "A1", BOB, MessageStatus.DELIVERED, 1));
    var message = present(store.messages().byId(SALES, id("A1")));
    store.prune(clock.instant().plus(Duration.ofDays(31)), Store.Retention.DEFAULT);

    assertThat(store.messages().receipts(message)).isEmpty();
  }

  private List<Chat> chats() throws Exception {
    return store.chats().chats(new ChatQuery(SALES, Optional.empty(), Optional.empty(), 10));
  }

  private List<Integer> unread() throws Exception {
    return chats().stream().map(Chat::unread).toList();
  }

  private List<String> unreadIds(Jid chat) throws Exception {
    return sales.unread(chat, 10).stream().map(message -> message.id().value()).toList();
  }

  @Test
  void whatOthersWroteIsUnreadUntilTheChatIsReadUpToIt() throws Exception {
    commit(
        new Change.AddMessage(received(BOB, "A1", 1)),
        new Change.AddMessage(received(BOB, "A2", 2)),
        new Change.AddMessage(sent(BOB, "A3", 3)),
        new Change.AddMessage(received(BOB, "A4", 4)),
        new Change.AddMessage(received(BOB, "A5", 4)),
        new Change.AddMessage(received(ALICE, "B1", 0)));
    assertThat(unread()).containsExactly(4, 1);
    assertThat(unreadIds(BOB)).containsExactly("A5", "A4", "A2", "A1");

    commit(new Change.ReadChat(BOB, id("A4")));
    assertThat(unread()).containsExactly(1, 1); // A5 came in the same second, but after it
    assertThat(unreadIds(BOB)).containsExactly("A5");
    commit(new Change.ReadChat(BOB, id("A1")), new Change.ReadChat(BOB, id("none")));
    assertThat(unread()).containsExactly(1, 1);
    commit(new Change.ReadChat(BOB, id("A5")), new Change.AddMessage(received(BOB, "A6", 5)));
    assertThat(unread()).containsExactly(1, 1);
    assertThat(unreadIds(ALICE)).containsExactly("B1");
    assertThat(sales.unread(BOB, 0)).isEmpty();
  }

  @Test
  void aChatMarkedUnreadIsSoUntilItIsRead() throws Exception {
    commit(new Change.AddMessage(received(BOB, "A1", 1)), new Change.ReadChat(BOB, id("A1")));
    commit(new Change.MarkUnread(BOB, true));
    assertThat(chats().getFirst().markedUnread()).isTrue();
    assertThat(chats().getFirst().unread()).isZero();
    commit(new Change.MarkUnread(BOB, false));
    assertThat(chats().getFirst().markedUnread()).isFalse();
    commit(new Change.MarkUnread(BOB, true));

    commit(new Change.ReadChat(BOB, id("A1")));
    assertThat(chats().getFirst().markedUnread()).isFalse();
  }

  @Test
  void settingsComeBackAsTheyWereAndDoNotTouchWhatWasRead() throws Exception {
    var settings = new ChatSettings(true, at(5), Optional.of(ChatSettings.FOREVER));
    commit(
        new Change.AddMessage(received(BOB, "A1", 1)),
        new Change.AddMessage(received(BOB, "A2", 2)),
        new Change.ReadChat(BOB, id("A1")),
        new Change.PutChatSettings(BOB, settings));

    assertThat(sales.chatSettings(BOB)).isEqualTo(settings);
    assertThat(sales.chatSettings(ALICE)).isEqualTo(ChatSettings.NONE);
    Chat chat = present(store.chats().chat(SALES, BOB));
    assertThat(chat.settings()).isEqualTo(settings);
    assertThat(chat.unread()).isEqualTo(1);
    assertThat(chat.lastMessage().map(last -> last.message().id())).contains(id("A2"));
    assertThat(store.chats().chat(SALES, ALICE)).isEmpty();
    commit(new Change.PutChatSettings(ALICE, ChatSettings.NONE));
    assertThat(present(store.chats().chat(SALES, ALICE)).lastMessage()).isEmpty();
    assertThat(store.chats().chat(SUPPORT, BOB)).isEmpty();
  }

  @Test
  void theListIsPagedByTheNewestMessageAndRestricted() throws Exception {
    commit(
        new Change.AddMessage(received(BOB, "A1", 10)),
        new Change.AddMessage(received(ALICE, "A2", 20)),
        new Change.AddMessage(received(GROUP, "A3", 20)),
        new Change.PutChatSettings(ALICE, ChatSettings.NONE.withArchived(true)),
        new Change.PutContact(Contact.unknown(BOB).withPushName("Bob")));
    var first = store.chats().chats(new ChatQuery(SALES, Optional.empty(), Optional.empty(), 2));
    assertThat(first).extracting(Chat::chat).containsExactly(GROUP, ALICE);
    var last = first.getLast().lastMessage().orElseThrow();
    var position = new Position(last.message().timestamp().toEpochMilli(), last.row());
    var second =
        store.chats().chats(new ChatQuery(SALES, Optional.empty(), Optional.of(position), 2));
    assertThat(second).extracting(Chat::chat).containsExactly(BOB);
    assertThat(second.getFirst().contact().map(Contact::pushName)).contains("Bob");
    assertThat(second.getFirst().messageCount()).isEqualTo(1);
    assertThat(store.chats().chats(new ChatQuery(SALES, Optional.of(true), Optional.empty(), 10)))
        .extracting(Chat::chat)
        .containsExactly(ALICE);
    assertThat(store.chats().chats(new ChatQuery(SALES, Optional.of(false), Optional.empty(), 10)))
        .extracting(Chat::chat)
        .containsExactly(GROUP, BOB);
  }

  @Test
  void contactsAreListedByAddressAndFoundByAPartOfTheirNames() throws Exception {
    var alice = new Contact(ALICE, "Al\u200Bice", "", "My 100%_boss");
    var bob = new Contact(BOB, "\u202EboB", "Bob & Co", "");
    commit(new Change.PutContact(bob), new Change.PutContact(Contact.unknown(ALICE)));
    commit(new Change.PutContact(alice));

    assertThat(contacts("", Optional.empty())).containsExactly(alice, bob);
    assertThat(contacts("", Optional.of(ALICE))).containsExactly(bob);
    assertThat(contacts("bob", Optional.empty())).containsExactly(bob);
    assertThat(contacts("100%_", Optional.empty())).containsExactly(alice);
    assertThat(contacts("b_b", Optional.empty())).isEmpty();
    assertThat(sales.contact(BOB)).contains(bob);
    assertThat(sales.contact(BOB_LID)).isEmpty();
    assertThat(store.chats().contact(SALES, ALICE)).contains(alice);
    assertThat(store.chats().contact(SUPPORT, ALICE)).isEmpty();
  }

  private List<Contact> contacts(String name, Optional<Jid> after) throws Exception {
    return store.chats().contacts(new ContactQuery(SALES, name, after, 10));
  }

  @Test
  void aPersonIsOnePersonWhenTheNumberOfALidBecomesKnown() throws Exception {
    var settings = ChatSettings.NONE.withArchived(true);
    commit(
        new Change.AddMessage(received(BOB_LID, "A1", 1)),
        new Change.ReadChat(BOB_LID, id("A1")),
        new Change.PutChatSettings(BOB_LID, settings),
        new Change.PutContact(new Contact(BOB_LID, "Bobby", "Bob & Co", "")),
        new Change.PutContact(new Contact(BOB, "Bob", "", "")));
    commit(new Change.MapLid(BOB, BOB_LID));

    assertThat(chats())
        .singleElement()
        .satisfies(chat -> {
          assertThat(chat.chat()).isEqualTo(BOB);
          assertThat(chat.settings()).isEqualTo(settings);
          assertThat(chat.unread()).isZero();
          assertThat(chat.contact()).contains(new Contact(BOB, "Bob", "Bob & Co", ""));
        });
    assertThat(contacts("", Optional.empty())).hasSize(1);
    assertThat(store.chats().twin(SALES, BOB)).contains(BOB_LID);
    assertThat(store.chats().twin(SALES, BOB_LID)).contains(BOB);
    assertThat(store.chats().twin(SALES, ALICE)).isEmpty();
  }

  @Test
  void messagesAreFoundByDirectionTypeAndText() throws Exception {
    commit(
        new Change.AddMessage(received(BOB, "A1", 1)),
        new Change.AddMessage(sent(BOB, "A2", 2)),
        new Change.AddMessage(received(BOB, "a_3", 3)));

    assertThat(found(new Filter(Optional.of(true), Optional.empty(), Optional.empty())))
        .containsExactly("A2");
    assertThat(found(new Filter(Optional.of(false), Optional.of("text"), Optional.empty())))
        .containsExactly("a_3", "A1");
    assertThat(found(new Filter(Optional.empty(), Optional.of("image"), Optional.empty())))
        .isEmpty();
    assertThat(found(new Filter(Optional.empty(), Optional.empty(), Optional.of("OF A"))))
        .containsExactly("a_3", "A2", "A1");
    assertThat(found(new Filter(Optional.empty(), Optional.empty(), Optional.of("_"))))
        .containsExactly("a_3");
    assertThat(found(new Filter(Optional.empty(), Optional.empty(), Optional.of("%")))).isEmpty();
  }

  private List<String> found(Filter filter) throws Exception {
    return store.messages().find(MessageQuery.all(10, 0).of(SALES).only(filter)).stream()
        .map(stored -> stored.message().id().value())
        .toList();
  }

  @Test
  void deletingAnAccountForgetsItsChatsAndPersons() throws Exception {
    ChatMessage message = received(BOB, "A1", 1);
    commit(
        new Change.AddMessage(message),
        new Change.PutChatSettings(BOB, ChatSettings.NONE.withArchived(true)),
        new Change.PutContact(Contact.unknown(BOB).withPushName("Bob")));
    store.delete(SALES, false);
    sales = store.open(SALES);

    assertThat(sales.chatSettings(BOB)).isEqualTo(ChatSettings.NONE);
    assertThat(sales.contact(BOB)).isEmpty();
  }
}
