package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.event;
import static wildcat.client.store.contract.Samples.id;
import static wildcat.client.store.contract.Samples.received;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wildcat.client.event.Event;
import wildcat.client.store.Change;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.Outbox.Settlement;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Store.Retention;
import wildcat.protocol.bytes.Bytes;

/// What is dropped when its time is over, and what is not.
public abstract class PruneContract extends StoreContract {
  private static final Retention RETENTION =
      new Retention(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(30));
  private static final int MANY = 1_200;

  protected PruneContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void messagesGoWhenTheirTimeIsOver() throws Exception {
    commit(addMessages("A"));
    clock.advance(Duration.ofDays(29));
    commit(new Change.AddMessage(received(BOB, "young", 0)));

    prune();
    assertThat(store.messages().count(MessageQuery.all(1, 0))).isEqualTo(MANY + 1);
    clock.advance(Duration.ofDays(1).plusMillis(1));
    prune();
    assertThat(store.messages().find(MessageQuery.all(10, 0)))
        .extracting(stored -> stored.message().id().value())
        .containsExactly("young");
    assertThat(store.messages().chats(SALES, 10, 0))
        .extracting(chat -> chat.messageCount())
        .containsExactly(1L);
    commit(new Change.AddMessage(received(BOB, "A1", 0)));
    assertThat(sales.message(BOB, id("A1"))).isPresent();
  }

  private static Change[] addMessages(String prefix) {
    return IntStream.range(0, MANY)
        .mapToObj(i -> new Change.AddMessage(received(BOB, prefix + i, i)))
        .toArray(Change[]::new);
  }

  @Test
  void ciphertextsGoWithTheMessages() throws Exception {
    Bytes hash = Bytes.ofUtf8("hash");
    commit(new Change.RememberCiphertext(BOB, id("A1"), hash));
    clock.advance(Duration.ofDays(29));
    prune();
    assertThat(sales.knowsCiphertext(BOB, id("A1"), hash)).isTrue();

    clock.advance(Duration.ofDays(2));
    prune();
    assertThat(sales.knowsCiphertext(BOB, id("A1"), hash)).isFalse();
  }

  @Test
  void eventsGoUnlessSomebodyIsStillOwedThem() throws Exception {
    recorder.destinations = List.of();
    commit(recorded(0, MANY));
    recorder.destinations = List.of("hook");
    List<RecordedEvent> owed = commit(recorded(MANY, 2));
    clock.advance(Duration.ofDays(8));
    recorder.destinations = List.of();
    RecordedEvent young = commit(recorded(MANY + 2, 1)).getFirst();

    prune();
    assertThat(store.eventsAfter(0, 10)).containsExactly(owed.getFirst(), owed.getLast(), young);
    assertThat(store.outbox().due("hook", clock.instant(), 10).getFirst().body())
        .isEqualTo(owed.getFirst().body());

    deliverAll();
    prune();
    assertThat(store.eventsAfter(0, 10)).containsExactly(young);
  }

  private Change[] recorded(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> new Change.RecordEvent(new Event.IdentityChanged(BOB), clock.instant()))
        .toArray(Change[]::new);
  }

  private void deliverAll() throws Exception {
    for (var due = store.outbox().due("hook", clock.instant(), 1);
        !due.isEmpty();
        due = store.outbox().due("hook", clock.instant(), 1)) {
      store.outbox().settle(List.of(new Settlement.Delivered(due.getFirst().position())));
    }
  }

  @Test
  void deadLettersKeepTheirEventUntilTheyGoThemselves() throws Exception {
    commit(recorded(0, 1));
    clock.advance(Duration.ofDays(6));
    long position = store.outbox().due("hook", clock.instant(), 1).getFirst().position();
    store.outbox().settle(List.of(new Settlement.Dead(position, 5, "HTTP 500")));
    clock.advance(Duration.ofDays(6));

    prune();
    assertThat(store.outbox().dead("hook", 10).getFirst().delivery().body())
        .isEqualTo(Bytes.ofUtf8("{\"sequence\":1}"));
    assertThat(store.eventsAfter(0, 10)).hasSize(1);
    clock.advance(Duration.ofDays(2));
    prune();
    assertThat(store.outbox().dead("hook", 10)).isEmpty();
    assertThat(store.eventsAfter(0, 10)).isEmpty();
  }

  @Test
  void pendingRowsAreNeverDropped() throws Exception {
    commit(event(received(BOB, "A1", 0)));
    clock.advance(Duration.ofDays(400));
    prune();

    assertThat(store.outbox().due("hook", clock.instant(), 10)).hasSize(1);
  }

  @Test
  void aSequenceIsNotGivenTwiceAfterEverythingWasDropped() throws Exception {
    recorder.destinations = List.of();
    commit(recorded(0, 3));
    clock.advance(Duration.ofDays(8));
    prune();
    assertThat(store.eventsAfter(0, 10)).isEmpty();

    assertThat(commit(recorded(3, 1)).getFirst().sequence()).isEqualTo(4);
  }

  private void prune() throws Exception {
    store.prune(clock.instant(), RETENTION);
  }
}
