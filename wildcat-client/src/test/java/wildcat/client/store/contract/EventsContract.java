package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.event;
import static wildcat.client.store.contract.Samples.received;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;

/// The log of events: numbered in the order of commits.
public abstract class EventsContract extends StoreContract {
  private static final int WRITERS = 100;
  private static final int UNITS_PER_WRITER = 20;

  protected EventsContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void aCommittedEventIsInTheLogAndWasAnnounced() throws Exception {
    List<RecordedEvent> recorded =
        commit(
            new Change.AddMessage(received(BOB, "A1", 0)),
            event(received(BOB, "A1", 0)),
            Samples.accountEvent());

    assertThat(recorded)
        .containsExactly(
            new RecordedEvent(
                SALES,
                1,
                "evt_sales_1",
                "MessageReceived",
                BOB.toString(),
                Samples.SENT,
                Bytes.ofUtf8("{\"sequence\":1}")),
            new RecordedEvent(
                SALES,
                2,
                "evt_sales_2",
                "IdentityChanged",
                "sales",
                Samples.SENT,
                Bytes.ofUtf8("{\"sequence\":2}")));
    assertThat(store.eventsAfter(0, 10)).isEqualTo(recorded);
    assertThat(recorder.committed()).isEqualTo(recorded);
  }

  @Test
  void aUnitWithoutEventsReturnsNone() throws Exception {
    assertThat(commit(new Change.AddMessage(received(BOB, "A1", 0)))).isEmpty();
    assertThat(sales.commit(new UnitOfWork())).isEmpty();
    assertThat(recorder.committed()).isEmpty();
  }

  @Test
  void theLogIsReadInPagesOverAllAccounts() throws Exception {
    commitEvents(3, "A");
    store.open(SUPPORT).commit(UnitOfWork.of(Samples.accountEvent()));
    commitEvents(1, "B");

    assertThat(store.eventsAfter(0, 2)).extracting(RecordedEvent::sequence).containsExactly(1L, 2L);
    assertThat(store.eventsAfter(2, 10))
        .extracting(event -> event.sequence() + " " + event.account())
        .containsExactly("3 sales", "4 support", "5 sales");
    assertThat(store.eventsAfter(5, 10)).isEmpty();
  }

  @Test
  void aFailedUnitUsesNoSequenceNumber() throws Exception {
    commitEvents(1, "A");
    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() ->
            commit(
                event(received(BOB, "A1", 0)),
                new Change.UpdateCredentials(samples.credentials())));
    commitEvents(1, "B");

    assertThat(store.eventsAfter(0, 10))
        .extracting(RecordedEvent::sequence)
        .containsExactly(1L, 2L);
    assertThat(recorder.committed()).isEqualTo(store.eventsAfter(0, 10));
    assertThat(store.outbox().pending("hook")).isEqualTo(2);
  }

  @Test
  void aRecorderThatFailsFailsItsUnitOnly() throws Exception {
    recorder.broken = true;
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            commit(new Change.AddMessage(received(BOB, "A1", 0)), event(received(BOB, "A1", 0))));
    recorder.broken = false;
    commitEvents(1, "B");

    assertThat(sales.message(BOB, Samples.id("A1"))).isEmpty();
    assertThat(store.eventsAfter(0, 10)).extracting(RecordedEvent::sequence).containsExactly(1L);
  }

  @Test
  void sequenceIsTheOrderOfCommitsUnderManyWriters() throws Exception {
    var writers = new ArrayList<Callable<List<RecordedEvent>>>();
    for (int i = 0; i < WRITERS; i++) {
      AccountStore account = store.open(new AccountId("a" + i));
      writers.add(() -> write(account));
    }
    var returned = new ArrayList<List<RecordedEvent>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<RecordedEvent>> done : threads.invokeAll(writers)) {
        returned.add(done.get());
      }
    }

    List<RecordedEvent> log = store.eventsAfter(0, WRITERS * UNITS_PER_WRITER + 1);
    assertThat(log)
        .extracting(RecordedEvent::sequence)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, (long) WRITERS * UNITS_PER_WRITER).boxed().toList());
    assertThat(recorder.committed()).isEqualTo(log);
    for (List<RecordedEvent> own : returned) {
      assertThat(own).extracting(RecordedEvent::sequence).isSorted();
      assertThat(log).containsAll(own);
    }
  }

  /// Each commit must be visible, in the log and to the recorder, when it returns.
  private List<RecordedEvent> write(AccountStore account) throws StoreFailed, InterruptedException {
    var events = new ArrayList<RecordedEvent>();
    for (int unit = 0; unit < UNITS_PER_WRITER; unit++) {
      RecordedEvent event =
          account.commit(UnitOfWork.of(event(received(BOB, "M" + unit, unit)))).getFirst();
      assertThat(store.eventsAfter(event.sequence() - 1, 1)).containsExactly(event);
      assertThat(recorder.committed()).contains(event);
      events.add(event);
    }
    return events;
  }
}
