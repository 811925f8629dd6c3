package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;
import static wildcat.client.store.contract.Samples.event;
import static wildcat.client.store.contract.Samples.received;

import java.util.List;
import org.junit.jupiter.api.Test;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.ratchet.RatchetRecord;

/// Who may write, and what deleting leaves.
public abstract class OwnershipContract extends StoreContract {
  protected OwnershipContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void theFormerOwnerCanNoLongerWrite() throws Exception {
    AccountStore former = sales;
    RatchetRecord ratchet = samples.ratchet();
    former.commit(UnitOfWork.of(new Change.PutRatchet(address(BOB, 0), ratchet)));
    AccountStore owner = store.open(SALES);

    assertThatExceptionOfType(StoreFailed.StaleOwner.class)
        .isThrownBy(() ->
            former.commit(
                UnitOfWork.of(
                    new Change.PutRatchet(address(BOB, 0), samples.ratchet()),
                    event(received(BOB, "A1", 0)))));
    assertThat(present(owner.ratchet(address(BOB, 0))).encode()).isEqualTo(ratchet.encode());
    assertThat(store.eventsAfter(0, 10)).isEmpty();

    owner.commit(UnitOfWork.of(new Change.RemoveRatchet(address(BOB, 0))));
    assertThat(owner.ratchet(address(BOB, 0))).isEmpty();
  }

  @Test
  void accountsDoNotDisturbEachOther() throws Exception {
    AccountStore support = store.open(SUPPORT);
    commit(new Change.PutRatchet(address(BOB, 0), samples.ratchet()));
    support.commit(UnitOfWork.of(new Change.AddMessage(received(BOB, "B1", 0))));
    store.delete(SUPPORT, true);

    assertThat(sales.ratchet(address(BOB, 0))).isPresent();
    commit(new Change.AddMessage(received(BOB, "A1", 0)));
  }

  @Test
  void anAccountNameMayBeGivenToAnotherAfterDeletion() throws Exception {
    commit(
        new Change.CreateCredentials(samples.credentials()),
        new Change.PutRatchet(address(BOB, 0), samples.ratchet()),
        new Change.AddPreKeys(List.of(samples.preKey(1))),
        new Change.MapLid(BOB, Samples.BOB_LID),
        new Change.RememberCiphertext(BOB, Samples.id("A1"), Bytes.ofUtf8("hash")));
    AccountStore former = sales;
    store.delete(SALES, false);

    assertThatExceptionOfType(StoreFailed.StaleOwner.class)
        .isThrownBy(() -> former.commit(UnitOfWork.of(Samples.accountEvent())));
    AccountStore next = store.open(SALES);
    assertThat(next.credentials()).isEmpty();
    assertThat(next.ratchet(address(BOB, 0))).isEmpty();
    assertThat(next.preKeyStock().nextId()).isEqualTo(1);
    assertThat(next.lidOf(BOB)).isEmpty();
    assertThat(next.knowsCiphertext(BOB, Samples.id("A1"), Bytes.ofUtf8("hash"))).isFalse();
    next.commit(UnitOfWork.of(new Change.CreateCredentials(samples.credentials())));
    assertThatExceptionOfType(StoreFailed.StaleOwner.class)
        .isThrownBy(() -> former.commit(UnitOfWork.of(Samples.accountEvent())));
  }

  @Test
  void messagesAndEventsOutliveADeletionWithoutPurge() throws Exception {
    commit(new Change.AddMessage(received(BOB, "A1", 0)), event(received(BOB, "A1", 0)));
    store.delete(SALES, false);

    assertThat(store.messages().count(MessageQuery.all(10, 0).of(SALES))).isEqualTo(1);
    assertThat(store.eventsAfter(0, 10)).hasSize(1);
    assertThat(store.outbox().due("hook", clock.instant(), 10)).hasSize(1);
  }

  @Test
  void purgingLeavesNothing() throws Exception {
    commit(new Change.AddMessage(received(BOB, "A1", 0)), event(received(BOB, "A1", 0)));
    store
        .open(SUPPORT)
        .commit(
            UnitOfWork.of(
                new Change.AddMessage(received(BOB, "B1", 1)), event(received(BOB, "B1", 1))));
    store.delete(SALES, true);

    assertThat(store.messages().find(MessageQuery.all(10, 0)))
        .extracting(stored -> stored.account())
        .containsExactly(SUPPORT);
    assertThat(store.messages().count(MessageQuery.all(10, 0).of(SALES))).isZero();
    assertThat(store.messages().chats(SALES, 10, 0)).isEmpty();
    assertThat(store.messages().byId(SALES, Samples.id("A1"))).isEmpty();
    assertThat(store.eventsAfter(0, 10))
        .extracting(recorded -> recorded.account())
        .containsExactly(SUPPORT);
    assertThat(store.outbox().due("hook", clock.instant(), 10))
        .extracting(delivery -> delivery.account())
        .containsExactly(SUPPORT);
    assertThat(store.outbox().pending("hook")).isEqualTo(1);

    AccountStore next = store.open(SALES);
    assertThat(next.message(BOB, Samples.id("A1"))).isEmpty();
    next.commit(UnitOfWork.of(event(received(BOB, "A2", 0))));
    assertThat(store.eventsAfter(2, 10)).extracting(e -> e.sequence()).containsExactly(3L);
  }

  @Test
  void deletingWhatWasNeverThereIsNoFailure() throws Exception {
    store.delete(SUPPORT, true);
    store.delete(SUPPORT, false);

    assertThat(store.open(SUPPORT).credentials()).isEmpty();
  }

  @Test
  void aThreadInterruptedBeforehandWritesNothing() throws Exception {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> commit(new Change.AddMessage(received(BOB, "A1", 0))));

    assertThat(Thread.interrupted()).isFalse();
    assertThat(sales.message(BOB, Samples.id("A1"))).isEmpty();
  }
}
