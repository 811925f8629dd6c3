package wildcat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.MessageArchive.Filter;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.Store;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.ManualClock;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.protocol.bytes.Bytes;

/// No statement on the way of a message looks at more rows than it needs: each one is asked of SQLite's
/// planner after it ran.
class QueryPlanTest {
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private SqliteStore store;
  private AccountStore account;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
  QueryPlanTest() {}

  @BeforeEach
  void openStore() throws Exception {
    store =
        SqliteStore.open(
            SqliteSettings.in(folder).withReaders(1),
            new TestRecorder(),
            clock,
            new SecureRandom());
    account = store.open(new AccountId("sales"));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void everyStatementSearchesByAnIndex() throws Exception {
    useEverything();

    var statements = new ArrayList<String>();
    statements.addAll(store.writer().write(transaction -> transaction.db().statements()));
    statements.addAll(store.readers().read(Db::statements));
    assertThat(statements).hasSizeGreaterThan(40);
    try (var raw = new RawFile(folder)) {
      for (String statement : statements) {
        if (statement.startsWith("SELECT")
            || statement.startsWith("UPDATE")
            || statement.startsWith("DELETE")) {
          assertThat(raw.rows("EXPLAIN QUERY PLAN " + statement))
              .as(statement)
              .noneMatch(step -> step.contains("SCAN ") && !isHarmless(step))
              .noneMatch(step ->
                  step.contains("TEMP B-TREE FOR ORDER BY")
                      && !ofChats(statement)
                      && !ofAnId(statement))
              .matches(
                  steps ->
                      !ofAnId(statement)
                          || steps.stream().anyMatch(step -> step.contains("INDEX messages_by_id")),
                  "searches a message by its id");
        }
      }
    }
  }

  /// One page of an index in order, our own subqueries, and tables that hold a handful of rows.
  private static boolean isHarmless(String step) {
    return step.matches(".*SCAN (c|k|p|counters|schema|meta|\\(subquery-\\d+\\)|CONSTANT ROW).*")
        || step.matches(".*SCAN m USING INDEX messages_by_time.*")
        || step.matches(".*SCAN lanes.*");
  }

  private static boolean ofChats(String statement) {
    return statement.contains("GROUP BY chat");
  }

  private static boolean ofAnId(String statement) {
    return statement.contains("m.id = ?");
  }

  private void useEverything() throws Exception {
    var samples = new Samples(1);
    var message = Samples.received(Samples.BOB, "A1", 0);
    account.commit(
        UnitOfWork.of(
            new Change.CreateCredentials(samples.credentials()),
            new Change.UpdateCredentials(samples.credentials()),
            new Change.PutRatchet(Samples.address(Samples.BOB, 0), samples.ratchet()),
            new Change.PutIdentity(Samples.address(Samples.BOB, 0), samples.keys().publicKey()),
            new Change.AddPreKeys(List.of(samples.preKey(1))),
            new Change.MarkPreKeysUploaded(List.of(1)),
            new Change.AddMessage(message),
            new Change.AddMessage(Samples.sent(Samples.BOB, "A2", 1)),
            new Change.AdvanceMessage(
                Samples.BOB, Samples.id("A2"), MessageStatus.SENT, Optional.empty()),
            new Change.ReviseMessage(message),
            new Change.RememberCiphertext(Samples.BOB, message.id(), Bytes.ofUtf8("hash")),
            new Change.MapLid(Samples.BOB, Samples.BOB_LID),
            new Change.RemoveKeysOf(Samples.BOB_LID),
            new Change.RemovePreKey(1),
            Samples.event(message),
            Samples.event(message),
            Samples.event(message)));
    account.knowsCiphertext(Samples.BOB, message.id(), Bytes.ofUtf8("hash"));
    account.unacknowledged(1);
    account.message(Samples.BOB, message.id());
    account.preKey(1);
    account.preKeyStock();
    account.preKeysToUpload(1);
    account.lidOf(Samples.BOB);
    account.pnOf(Samples.BOB_LID);
    account.devices(Samples.BOB);
    MessageQuery all = MessageQuery.all(10, 0);
    for (MessageQuery query :
        List.of(all, all.of(account.account()), all.of(account.account()).in(Samples.BOB))) {
      store.messages().find(query);
      store
          .messages()
          .find(
              new MessageQuery(
                  query.account(),
                  query.chat(),
                  Optional.of(clock.instant()),
                  Optional.of(clock.instant()),
                  Optional.of(1L),
                  Filter.NONE,
                  10,
                  0));
    }
    store.messages().byId(account.account(), message.id());
    store.messages().chats(account.account(), 1, 0);
    useChats();
    store.eventsAfter(0, 1);
    useOutbox();
    store.prune(clock.instant(), Store.Retention.DEFAULT);
  }

  private void useChats() throws Exception {
    account.commit(
        UnitOfWork.of(
            new Change.NoteReceipt(
                Samples.BOB, Samples.id("A2"), Samples.BOB, MessageStatus.READ, clock.instant()),
            new Change.ReadChat(Samples.BOB, Samples.id("A1")),
            new Change.MarkUnread(Samples.BOB, true),
            new Change.PutChatSettings(Samples.BOB, ChatSettings.NONE),
            new Change.PutContact(Contact.unknown(Samples.BOB))));
    account.receipt(Samples.BOB, Samples.id("A2"), Samples.BOB);
    account.chatSettings(Samples.BOB);
    account.contact(Samples.BOB);
    account.unread(Samples.BOB, 10);
    AccountId sales = account.account();
    var at = Optional.of(new ChatArchive.Position(1, 1));
    store.chats().chats(new ChatArchive.ChatQuery(sales, Optional.empty(), Optional.empty(), 1));
    store.chats().chats(new ChatArchive.ChatQuery(sales, Optional.of(true), at, 1));
    store.chats().chat(sales, Samples.BOB);
    store.chats().contact(sales, Samples.BOB);
    store.chats().contacts(new ChatArchive.ContactQuery(sales, "", Optional.empty(), 1));
    store.chats().contacts(new ChatArchive.ContactQuery(sales, "x", Optional.empty(), 1));
    store.chats().twin(sales, Samples.BOB);
    store.chats().twin(sales, Samples.BOB_LID);
    store.messages().receipts(store.messages().byId(sales, Samples.id("A2")).orElseThrow());
  }

  private void useOutbox() throws Exception {
    for (int i = 0; i < 3; i++) {
      long position = store.outbox().due("hook", clock.instant(), 10).getFirst().position();
      store
          .outbox()
          .settle(
              List.of(
                  switch (i) {
                    case 0 -> new Settlement.Retry(position, 1, clock.instant());
                    case 1 -> new Settlement.Dead(position, 1, "reason");
                    default -> new Settlement.Delivered(position);
                  }));
    }
    store.outbox().nextDue("hook");
    store.outbox().pending("hook");
    store.outbox().dead("hook", 1);
  }
}
