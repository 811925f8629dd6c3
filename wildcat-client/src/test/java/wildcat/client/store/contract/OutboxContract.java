package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.ALICE;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.event;
import static wildcat.client.store.contract.Samples.received;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wildcat.client.store.Change;
import wildcat.client.store.Outbox.DeadLetter;
import wildcat.client.store.Outbox.Delivery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// What is owed to the outside: in order within a lane, until it is settled.
public abstract class OutboxContract extends StoreContract {
  private static final int MANY = 2_000;

  protected OutboxContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void anEventIsOwedToEveryDestination() throws Exception {
    recorder.destinations = List.of("hook", "other");
    RecordedEvent recorded = commit(event(received(BOB, "A1", 0))).getFirst();

    Delivery owed = only(due("hook"));
    assertThat(owed)
        .isEqualTo(
            new Delivery(
                "hook",
                owed.position(),
                SALES,
                BOB.toString(),
                recorded.eventId(),
                recorded.type(),
                Bytes.ofUtf8("{\"sequence\":1}"),
                0,
                Instant.EPOCH,
                false));
    assertThat(only(due("other")).eventId()).isEqualTo(recorded.eventId());
    assertThat(only(due("other")).position()).isNotEqualTo(owed.position());
    assertThat(due("nobody")).isEmpty();
    assertThat(store.outbox().pending("nobody")).isZero();
    assertThat(store.outbox().nextDue("nobody")).isEmpty();
  }

  @Test
  void anEventWithoutDestinationIsOwedToNobody() throws Exception {
    recorder.destinations = List.of();
    commitEvents(2, "A");

    assertThat(due("hook")).isEmpty();
    assertThat(store.eventsAfter(0, 10)).hasSize(2);
  }

  @Test
  void onlyTheOldestRowOfALaneIsDue() throws Exception {
    commit(
        event(received(BOB, "A1", 0)),
        event(received(BOB, "A2", 1)),
        event(received(ALICE, "A3", 2)));
    store.open(SUPPORT).commit(UnitOfWork.of(event(received(BOB, "B1", 3))));

    assertThat(events(due("hook"))).containsExactly("evt_sales_1", "evt_sales_3", "evt_support_4");
    assertThat(events(store.outbox().due("hook", clock.instant(), 2)))
        .containsExactly("evt_sales_1", "evt_sales_3");
    assertThat(store.outbox().pending("hook")).isEqualTo(4);
  }

  @Test
  void aRowIsGivenAgainUntilItIsSettled() throws Exception {
    commitEvents(2, "A");
    Delivery first = only(due("hook"));
    assertThat(due("hook")).containsExactly(first);

    settle(new Settlement.Delivered(first.position()));
    assertThat(events(due("hook"))).containsExactly("evt_sales_2");
    assertThat(store.outbox().pending("hook")).isEqualTo(1);

    settle(new Settlement.Delivered(first.position()));
    settle(new Settlement.Delivered(only(due("hook")).position()));
    assertThat(due("hook")).isEmpty();
    assertThat(store.outbox().nextDue("hook")).isEmpty();
  }

  @Test
  void aRetriedRowHoldsItsLaneAndNoOther() throws Exception {
    commit(
        event(received(BOB, "A1", 0)),
        event(received(BOB, "A2", 1)),
        event(received(ALICE, "A3", 2)));
    Delivery head = due("hook").getFirst();
    Instant later = clock.instant().plusSeconds(5);
    settle(new Settlement.Retry(head.position(), 1, later));

    assertThat(events(due("hook"))).containsExactly("evt_sales_3");
    assertThat(store.outbox().nextDue("hook")).contains(Instant.EPOCH);
    settle(new Settlement.Delivered(only(due("hook")).position()));
    assertThat(store.outbox().nextDue("hook")).contains(later);

    clock.advance(Duration.ofMillis(4_999));
    assertThat(due("hook")).isEmpty();
    clock.advance(Duration.ofMillis(1));
    Delivery again = only(due("hook"));
    assertThat(again.eventId()).isEqualTo(head.eventId());
    assertThat(again.body()).isEqualTo(head.body());
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.notBefore()).isEqualTo(later);

    settle(new Settlement.Delivered(again.position()));
    Delivery next = only(due("hook"));
    assertThat(next.eventId()).isEqualTo("evt_sales_2");
    assertThat(next.attempts()).isZero();
    assertThat(next.notBefore()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aRowThatWasNeverTriedIsDueWhateverTheClockSays() throws Exception {
    commitEvents(1, "A");

    assertThat(store.outbox().due("hook", Instant.EPOCH, 10)).hasSize(1);
  }

  @Test
  void retriedRowsAreNotStarvedByFreshOnes() throws Exception {
    commit(event(received(BOB, "A1", 0)));
    settle(new Settlement.Retry(only(due("hook")).position(), 1, clock.instant()));
    for (int i = 0; i < 5; i++) {
      commit(event(received(Jid.pn("1555000010" + i), "C" + i, i)));
    }

    assertThat(events(store.outbox().due("hook", clock.instant(), 2)))
        .containsExactly("evt_sales_1", "evt_sales_2");
  }

  @Test
  void aDeadRowIsKeptAndTheNextOnesSayGapUntilOneArrives() throws Exception {
    commitEvents(3, "A");
    Delivery first = only(due("hook"));
    settle(new Settlement.Dead(first.position(), 5, "HTTP 422"));

    DeadLetter dead = store.outbox().dead("hook", 10).getFirst();
    assertThat(dead.delivery().eventId()).isEqualTo(first.eventId());
    assertThat(dead.delivery().body()).isEqualTo(first.body());
    assertThat(dead.delivery().attempts()).isEqualTo(5);
    assertThat(dead.reason()).isEqualTo("HTTP 422");
    assertThat(dead.at()).isEqualTo(clock.instant());
    assertThat(store.outbox().pending("hook")).isEqualTo(2);

    Delivery second = only(due("hook"));
    assertThat(second.gap()).isTrue();
    settle(new Settlement.Retry(second.position(), 1, clock.instant()));
    assertThat(only(due("hook")).gap()).isTrue();
    settle(new Settlement.Delivered(second.position()));
    assertThat(only(due("hook")).gap()).isFalse();
  }

  @Test
  void aGapIsRememberedWhenTheDeadRowWasTheLast() throws Exception {
    commitEvents(1, "A");
    settle(new Settlement.Dead(only(due("hook")).position(), 5, "gone"));
    commit(event(received(ALICE, "C1", 0)), event(received(BOB, "A9", 0)));

    assertThat(due("hook")).extracting(Delivery::gap).containsExactly(false, true);
  }

  @Test
  void theNewestDeadLettersComeFirst() throws Exception {
    commitEvents(3, "A");
    for (int i = 0; i < 3; i++) {
      settle(new Settlement.Dead(only(due("hook")).position(), 1, "reason " + i));
    }

    assertThat(store.outbox().dead("hook", 2))
        .extracting(DeadLetter::reason)
        .containsExactly("reason 2", "reason 1");
    assertThat(store.outbox().dead("other", 2)).isEmpty();
  }

  @Test
  void aForgottenDestinationIsOwedNothing() throws Exception {
    recorder.destinations = List.of("hook", "other");
    commitEvents(MANY, "A");
    settle(new Settlement.Dead(only(due("hook")).position(), 1, "reason"));
    store.outbox().forget("hook");

    assertThat(due("hook")).isEmpty();
    assertThat(store.outbox().pending("hook")).isZero();
    assertThat(store.outbox().dead("hook", 10)).isEmpty();
    assertThat(store.outbox().pending("other")).isEqualTo(MANY);

    commitEvents(1, "B");
    Delivery fresh = only(due("hook"));
    assertThat(fresh.eventId()).isEqualTo("evt_sales_" + (MANY + 1));
    assertThat(fresh.gap()).isFalse();
  }

  @Test
  void aLongLaneIsDeliveredInOrderWithoutLoss() throws Exception {
    commitEvents(MANY, "A");
    var delivered = new ArrayList<String>();
    for (List<Delivery> due = due("hook"); !due.isEmpty(); due = due("hook")) {
      delivered.add(only(due).eventId());
      settle(new Settlement.Delivered(only(due).position()));
    }

    assertThat(delivered)
        .isEqualTo(store.eventsAfter(0, MANY).stream().map(RecordedEvent::eventId).toList());
  }

  @Test
  void manySettlementsAreOneBatch() throws Exception {
    for (int i = 0; i < 50; i++) {
      commit(event(received(Jid.pn("155500001" + (10 + i)), "C" + i, i)));
    }
    var settlements = new ArrayList<Settlement>();
    for (Delivery delivery : store.outbox().due("hook", clock.instant(), 100)) {
      settlements.add(
          settlements.size() % 2 == 0
              ? new Settlement.Delivered(delivery.position())
              : new Settlement.Retry(delivery.position(), 1, clock.instant().plusSeconds(60)));
    }
    store.outbox().settle(settlements);
    store.outbox().settle(List.of());

    assertThat(due("hook")).isEmpty();
    assertThat(store.outbox().pending("hook")).isEqualTo(25);
    assertThat(store.outbox().nextDue("hook")).contains(clock.instant().plusSeconds(60));
  }

  @Test
  void aUnitThatFailsOwesNothing() throws Exception {
    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() ->
            commit(
                event(received(BOB, "A1", 0)),
                new Change.UpdateCredentials(samples.credentials())));

    assertThat(due("hook")).isEmpty();
    assertThat(store.outbox().pending("hook")).isZero();
  }

  private List<Delivery> due(String destination) throws Exception {
    return store.outbox().due(destination, clock.instant(), 100);
  }

  private void settle(Settlement settlement) throws Exception {
    store.outbox().settle(List.of(settlement));
  }

  private static Delivery only(List<Delivery> deliveries) {
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  private static List<String> events(List<Delivery> deliveries) {
    return deliveries.stream().map(Delivery::eventId).toList();
  }
}
