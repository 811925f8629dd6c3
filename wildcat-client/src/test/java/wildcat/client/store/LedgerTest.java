package wildcat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.client.store.memory.Faults;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

class LedgerTest {
  private final List<Event> recorded = new ArrayList<>();
  private final List<Event> heard = new ArrayList<>();
  private boolean full;
  private Ledger ledger;

  @BeforeEach
  void open() throws Exception {
    var recorder =
        new EventRecorder() {
          @Override
          public Entry entry(AccountId account, long sequence, Instant at, Event.Durable event) {
            recorded.add(event);
            return new Entry("evt_" + sequence, "event", "", Bytes.empty(), List.of());
          }

          @Override
          public void committed(List<RecordedEvent> events) {}
        };
    var faults =
        new Faults() {
          @Override
          public void onCommit(AccountId account, UnitOfWork work) throws StoreFailed {
            if (full) {
              throw new StoreFailed.Unavailable("disk full", new IOException());
            }
          }
        };
    var store = new InMemoryStore(recorder, () -> Instant.EPOCH, faults);
    ledger =
        new Ledger(
            store.open(new AccountId("a")), (_, event) -> heard.add(event), () -> Instant.EPOCH);
  }

  private static Event.Durable event(int number) {
    return new Event.IdentityChanged(Jid.pn("1555" + number));
  }

  @Test
  void whatAStepCollectsIsCommittedThenAnnounced() throws Exception {
    String result =
        ledger.step(work -> {
          work.add(ledger.event(event(1)));
          assertThat(heard).isEmpty();
          return "done";
        });

    assertThat(result).isEqualTo("done");
    assertThat(recorded).containsExactly(event(1));
    assertThat(heard).containsExactly(event(1));
  }

  @Test
  void aFailedCommitAnnouncesNothing() throws Exception {
    full = true;
    assertThatThrownBy(() -> ledger.commit(ledger.event(event(1))))
        .isInstanceOf(StoreFailed.Unavailable.class);
    full = false;
    ledger.commit(ledger.event(event(2)));

    assertThat(heard).containsExactly(event(2));
  }

  @Test
  void aStepThatThrowsLetsTheNextOneIn() throws Exception {
    assertThatThrownBy(() ->
            ledger.step(_ -> {
              throw new StoreFailed.Unreadable("damaged");
            }))
        .isInstanceOf(StoreFailed.Unreadable.class);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.submit(() -> ledger.step(_ -> 1)).get()).isEqualTo(1);
    }
  }

  @Test
  void eventsOfManyThreadsAreHeardInTheOrderOfTheirCommits() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> steps =
          IntStream.range(0, 2_000)
              .<Callable<Integer>>mapToObj(i ->
                  () ->
                      ledger.step(work -> {
                        work.add(ledger.event(event(i)));
                        return i;
                      }))
              .toList();
      for (var step : threads.invokeAll(steps)) {
        step.get();
      }
    }
    assertThat(heard).hasSize(2_000).isEqualTo(recorded);
  }

  @Test
  void aListenerMayCommit() throws Exception {
    var nested = new Ledger[1]; // the listener needs what is made with it
    var order = new ArrayList<Event>();
    nested[0] =
        new Ledger(
            ledger.store(),
            (_, event) -> {
              order.add(event);
              if (event.equals(event(1))) {
                try {
                  nested[0].commit(nested[0].event(event(2)));
                } catch (StoreFailed | InterruptedException e) {
                  throw new AssertionError(e);
                }
              }
            },
            () -> Instant.EPOCH);

    nested[0].commit(nested[0].event(event(1)));

    assertThat(order).containsExactly(event(1), event(2));
  }
}
