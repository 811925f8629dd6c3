package wildcat.store.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.BOB_LID;
import static wildcat.client.store.contract.Samples.address;
import static wildcat.client.store.contract.Samples.id;
import static wildcat.client.store.contract.Samples.received;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.Outbox.Delivery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.ManualClock;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.store.mongodb.FaultyDatabase.Fault;

/// A process or a connection may end at any single write: nothing is lost by it, and nothing is doubled.
/// Each test goes through all writes of what it does, until there is none left to break at.
class CutShortTest {
  private static final AccountId SALES = new AccountId("sales");
  private static final Bytes HASH = Bytes.ofUtf8("hash of A2");
  private static final int MORE_THAN_ENOUGH = 200;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final Samples samples = new Samples(7);
  private final RatchetRecord before = samples.ratchet();
  private final RatchetRecord after = samples.ratchet();
  private final PreKey preKey = samples.preKey(1);

  /// Two stores over one database, the first of which breaks.
  private final class Run implements AutoCloseable {
    final MongoSettings settings = TestDatabase.fresh(folder);
    final TestRecorder recorder = new TestRecorder();
    final FaultyDatabase faulty = new FaultyDatabase(Driver.of(settings));
    final MongoStore first = open(faulty);
    AccountStore sales = first.open(SALES);
    MongoStore store = first;

    Run() throws StoreFailed, InterruptedException {
      recorder.destinations = List.of("hook", "other");
      sales.commit(
          UnitOfWork.of(
              new Change.PutRatchet(address(BOB, 0), before),
              new Change.AddPreKeys(List.of(preKey)),
              new Change.AddMessage(received(BOB, "A1", 0)),
              Samples.event(received(BOB, "A1", 0))));
    }

    private MongoStore open(Database database) throws StoreFailed {
      return MongoStore.open(database, settings, recorder, clock, new SecureRandom());
    }

    /// What follows: another process after a death, the same one after a fault.
    void goOn(Fault fault) throws StoreFailed, InterruptedException {
      faulty.spare();
      if (fault.last) {
        store = open(Driver.of(settings));
        sales = store.open(SALES);
      }
    }

    @Override
    public void close() {
      if (store != first) {
        store.close();
      }
      first.close();
    }
  }

  /// What a received message changes.
  private UnitOfWork message() {
    return UnitOfWork.of(
        new Change.PutRatchet(address(BOB, 0), after),
        new Change.RemovePreKey(1),
        new Change.AddMessage(received(BOB, "A2", 1)),
        new Change.RememberCiphertext(BOB, id("A2"), HASH),
        Samples.event(received(BOB, "A2", 1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER", "FAILS_BEFORE", "FAILS_AFTER"})
  void aMessageCutShortAtAnyWriteIsThereOnceAfterItWasDeliveredAgain(Fault fault) throws Exception {
    int writes = -1;
    boolean broke = true;
    while (broke) {
      writes++;
      assertThat(writes).isLessThan(MORE_THAN_ENOUGH);
      try (var run = new Run()) {
        run.faulty.breakAfter(writes, fault);
        commitOrFail(run);
        broke = run.faulty.hasBroken();
        run.goOn(fault);
        allOrNothing(run);
        if (!run.sales.knowsCiphertext(BOB, id("A2"), HASH)) {
          run.sales.commit(message());
        }
        everythingOnce(run);
      }
    }
    assertThat(writes).as("writes that could be broken at").isEqualTo(8);
  }

  private void commitOrFail(Run run) throws Exception {
    try {
      run.sales.commit(message());
    } catch (StoreFailed.Unavailable _) {
      assertThat(run.faulty.hasBroken()).isTrue();
    }
  }

  private void allOrNothing(Run run) throws Exception {
    boolean done = run.sales.knowsCiphertext(BOB, id("A2"), HASH);
    assertThat(run.sales.ratchet(address(BOB, 0)).orElseThrow().encode())
        .isEqualTo((done ? after : before).encode());
    assertThat(run.sales.preKey(1).isEmpty()).isEqualTo(done);
    assertThat(run.sales.message(BOB, id("A2")).isPresent()).isEqualTo(done);
    assertThat(run.store.eventsAfter(0, 10)).hasSize(done ? 2 : 1);
    assertThat(run.store.outbox().pending("other")).isEqualTo(done ? 2 : 1);
  }

  private void everythingOnce(Run run) throws Exception {
    assertThat(run.sales.ratchet(address(BOB, 0)).orElseThrow().encode()).isEqualTo(after.encode());
    assertThat(run.sales.preKey(1)).isEmpty();
    assertThat(run.store.messages().find(MessageQuery.all(10, 0)))
        .extracting(stored -> stored.message().id().value())
        .containsExactly("A2", "A1");
    assertThat(run.store.messages().find(MessageQuery.all(10, 0)))
        .extracting(stored -> stored.row())
        .doesNotHaveDuplicates();
    assertThat(run.store.eventsAfter(0, 10))
        .extracting(RecordedEvent::sequence)
        .containsExactly(1L, 2L);
    assertThat(delivered(run, "hook")).containsExactly("evt_sales_1", "evt_sales_2");
    assertThat(delivered(run, "other")).containsExactly("evt_sales_1", "evt_sales_2");
  }

  private List<String> delivered(Run run, String destination) throws Exception {
    var delivered = new java.util.ArrayList<String>();
    List<Delivery> due = run.store.outbox().due(destination, clock.instant(), 10);
    while (!due.isEmpty()) {
      assertThat(due).hasSize(1);
      delivered.add(due.getFirst().eventId());
      run.store.outbox().settle(List.of(new Settlement.Delivered(due.getFirst().position())));
      due = run.store.outbox().due(destination, clock.instant(), 10);
    }
    assertThat(run.store.outbox().pending(destination)).isZero();
    return delivered;
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER", "FAILS_BEFORE", "FAILS_AFTER"})
  void aSettlementCutShortAtAnyWriteNeverSkipsAnEvent(Fault fault) throws Exception {
    boolean broke = true;
    for (int writes = 0; broke; writes++) {
      assertThat(writes).isLessThan(MORE_THAN_ENOUGH);
      try (var run = new Run()) {
        run.sales.commit(message());
        Delivery head = run.store.outbox().due("hook", clock.instant(), 10).getFirst();
        run.faulty.breakAfter(writes, fault);
        try {
          run.store.outbox().settle(List.of(new Settlement.Dead(head.position(), 5, "HTTP 422")));
        } catch (StoreFailed.Unavailable _) {
          assertThat(run.faulty.hasBroken()).isTrue();
        }
        broke = run.faulty.hasBroken();
        run.goOn(fault);
        if (run.store.outbox().dead("hook", 10).isEmpty()) {
          run.store.outbox().settle(List.of(new Settlement.Dead(head.position(), 5, "HTTP 422")));
        }
        assertThat(run.store.outbox().dead("hook", 10)).hasSize(1);
        assertThat(run.store.outbox().due("hook", clock.instant(), 10))
            .extracting(next -> next.eventId() + " " + next.gap())
            .containsExactly("evt_sales_2 true");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER", "FAILS_BEFORE", "FAILS_AFTER"})
  void aDeletionCutShortAtAnyWriteIsFinishedByTheNextOpening(Fault fault) throws Exception {
    boolean broke = true;
    for (int writes = 0; broke; writes++) {
      assertThat(writes).isLessThan(MORE_THAN_ENOUGH);
      try (var run = new Run()) {
        run.faulty.breakAfter(writes, fault);
        boolean begun = true;
        try {
          run.first.delete(SALES, true);
        } catch (StoreFailed.Unavailable _) {
          begun = writes > 0 || fault.done;
        }
        broke = run.faulty.hasBroken();
        run.goOn(fault);
        AccountStore next = run.store.open(SALES);
        if (begun) {
          assertThat(next.ratchet(address(BOB, 0))).isEmpty();
          assertThat(next.message(BOB, id("A1"))).isEmpty();
          assertThat(run.store.eventsAfter(0, 10)).isEmpty();
          assertThat(run.store.outbox().pending("hook")).isZero();
        } else {
          assertThat(next.ratchet(address(BOB, 0))).isPresent();
        }
        next.commit(UnitOfWork.of(new Change.PutRatchet(address(BOB, 0), after)));
        assertThat(next.ratchet(address(BOB, 0))).isPresent();
      }
    }
  }

  @Test
  void aWriteOfAFormerOwnerThatComesLateBringsNothingBack() throws Exception {
    boolean broke = true;
    for (int writes = 0; broke; writes++) {
      assertThat(writes).isLessThan(MORE_THAN_ENOUGH);
      try (var run = new Run()) {
        run.faulty.breakAfter(writes, Fault.COMES_LATE);
        commitOrFail(run);
        broke = run.faulty.hasBroken();
        MongoStore second = run.open(Driver.of(run.settings));
        AccountStore owner = second.open(SALES);
        RatchetRecord newest = samples.ratchet();
        owner.commit(
            UnitOfWork.of(
                new Change.RemovePreKey(1),
                new Change.PutRatchet(address(BOB, 1), newest),
                new Change.RemoveRatchet(address(BOB, 0))));
        run.faulty.deliverLate();

        assertThat(owner.ratchet(address(BOB, 0))).isEmpty();
        assertThat(owner.ratchet(address(BOB, 1)).orElseThrow().encode())
            .isEqualTo(newest.encode());
        assertThat(owner.preKey(1)).isEmpty();
        owner.commit(UnitOfWork.of(Samples.accountEvent()));
        List<RecordedEvent> log = second.eventsAfter(0, 10);
        assertThat(log)
            .extracting(RecordedEvent::sequence)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
        second.close();
      }
    }
  }

  @Test
  void twoProcessesShareOneLogWithoutGapsAndWithoutRepeating() throws Exception {
    try (var run = new Run()) {
      MongoStore second = run.open(Driver.of(run.settings));
      AccountStore support = second.open(new AccountId("support"));
      for (int i = 0; i < 20; i++) {
        run.sales.commit(UnitOfWork.of(Samples.event(received(BOB, "S" + i, i))));
        support.commit(UnitOfWork.of(Samples.event(received(BOB, "T" + i, i))));
      }

      assertThat(second.eventsAfter(0, 100))
          .extracting(RecordedEvent::sequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 41).boxed().toList());
      second.close();
    }
  }

  @Test
  void theFormerOwnerIsToldWhicheverProcessHasTakenOver() throws Exception {
    try (var run = new Run()) {
      MongoStore second = run.open(Driver.of(run.settings));
      second.open(SALES);

      org.assertj.core.api.Assertions.assertThatExceptionOfType(StoreFailed.StaleOwner.class)
          .isThrownBy(() -> run.sales.commit(message()));
      assertThat(second.eventsAfter(0, 10)).hasSize(1);
      second.close();
    }
  }

  @Test
  void aUnitLargerThanADocumentMayBeIsStillOne() throws Exception {
    for (int writes = 0; writes < 8; writes++) {
      try (var run = new Run()) {
        var large = new UnitOfWork();
        for (int i = 0; i < 20; i++) {
          var message = received(BOB_LID, "L" + i, i);
          large.add(
              new Change.AddMessage(
                  new wildcat.client.event.ChatMessage(
                      message.chat(),
                      message.id(),
                      message.sender(),
                      false,
                      message.timestamp(),
                      "",
                      "text",
                      "",
                      message.quote(),
                      message.mentions(),
                      false,
                      message.status(),
                      message.origin(),
                      samples.bytes(1 << 20),
                      message.marks())));
        }
        run.faulty.breakAfter(writes, Fault.DIES_AFTER);
        boolean failed = false;
        try {
          run.sales.commit(large);
        } catch (StoreFailed.Unavailable _) {
          failed = true;
        }
        assertThat(failed).isTrue();
        run.goOn(Fault.DIES_AFTER);

        // four parts, then the head: the fifth write is the commit
        assertThat(run.store.messages().count(MessageQuery.all(10, 0).in(BOB_LID)))
            .isEqualTo(writes < 4 ? 0 : 20);
      }
    }
  }
}
