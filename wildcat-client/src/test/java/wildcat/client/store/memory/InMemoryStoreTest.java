package wildcat.client.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountId;
import wildcat.client.store.Change;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.ChatsContract;
import wildcat.client.store.contract.EventsContract;
import wildcat.client.store.contract.KeysContract;
import wildcat.client.store.contract.LidContract;
import wildcat.client.store.contract.ManualClock;
import wildcat.client.store.contract.MessagesContract;
import wildcat.client.store.contract.OutboxContract;
import wildcat.client.store.contract.OwnershipContract;
import wildcat.client.store.contract.PruneContract;
import wildcat.client.store.contract.RecordsContract;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;

class InMemoryStoreTest {
  private static Store create(Path folder, EventRecorder recorder, InstantSource clock) {
    return new InMemoryStore(recorder, clock);
  }

  @Nested
  class Keys extends KeysContract {
    Keys() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class Lids extends LidContract {
    Lids() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class Messages extends MessagesContract {
    Messages() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class Chats extends ChatsContract {
    Chats() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class Events extends EventsContract {
    Events() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class Outboxes extends OutboxContract {
    Outboxes() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class RecordsOfApplications extends RecordsContract {
    RecordsOfApplications() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class Ownership extends OwnershipContract {
    Ownership() {
      super(InMemoryStoreTest::create);
    }
  }

  @Nested
  class Pruning extends PruneContract {
    Pruning() {
      super(InMemoryStoreTest::create);
    }
  }

  @Test
  void aPlantedFaultIsWhatTheCallerGetsAndNothingChanges() throws Exception {
    var faults =
        new Faults() {
          boolean unreadable;
          boolean full;

          @Override
          public void onRead(AccountId account, Table table) throws StoreFailed {
            if (unreadable && table == Table.RATCHETS) {
              throw new StoreFailed.Unreadable("planted");
            }
          }

          @Override
          public void onCommit(AccountId account, UnitOfWork work) throws StoreFailed {
            if (full) {
              throw new StoreFailed.Unavailable("planted", new IOException("disk full"));
            }
          }
        };
    var samples = new Samples(1);
    var bob = address(BOB, 0);
    try (var store = new InMemoryStore(new TestRecorder(), new ManualClock(), faults)) {
      var account = store.open(new AccountId("sales"));
      account.commit(UnitOfWork.of(new Change.PutRatchet(bob, samples.ratchet())));

      faults.unreadable = true;
      assertThatExceptionOfType(StoreFailed.Unreadable.class)
          .isThrownBy(() -> account.ratchet(bob));
      assertThatExceptionOfType(StoreFailed.Unreadable.class)
          .isThrownBy(() ->
              account.commit(
                  UnitOfWork.of(
                      new Change.PutIdentity(bob, samples.keys().publicKey()),
                      new Change.PutRatchet(bob, samples.ratchet()))));
      assertThat(account.identity(bob)).isEmpty();

      faults.unreadable = false;
      faults.full = true;
      assertThatExceptionOfType(StoreFailed.Unavailable.class)
          .isThrownBy(() -> account.commit(UnitOfWork.of(Samples.accountEvent())));
      assertThat(store.eventsAfter(0, 1)).isEmpty();
    }
  }
}
