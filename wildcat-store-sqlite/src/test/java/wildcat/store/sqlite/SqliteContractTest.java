package wildcat.store.sqlite;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.contract.ChatsContract;
import wildcat.client.store.contract.EventsContract;
import wildcat.client.store.contract.KeysContract;
import wildcat.client.store.contract.LidContract;
import wildcat.client.store.contract.MessagesContract;
import wildcat.client.store.contract.OutboxContract;
import wildcat.client.store.contract.OwnershipContract;
import wildcat.client.store.contract.PruneContract;
import wildcat.client.store.contract.RecordsContract;

/// The contract of all stores, on SQLite.
class SqliteContractTest {
  private static Store create(Path folder, EventRecorder recorder, InstantSource clock)
      throws StoreFailed {
    return SqliteStore.open(SqliteSettings.in(folder), recorder, clock, new SecureRandom());
  }

  @Nested
  class Keys extends KeysContract {
    Keys() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class Lids extends LidContract {
    Lids() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class Messages extends MessagesContract {
    Messages() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class Chats extends ChatsContract {
    Chats() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class Events extends EventsContract {
    Events() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class Outboxes extends OutboxContract {
    Outboxes() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class RecordsOfApplications extends RecordsContract {
    RecordsOfApplications() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class Ownership extends OwnershipContract {
    Ownership() {
      super(SqliteContractTest::create);
    }
  }

  @Nested
  class Pruning extends PruneContract {
    Pruning() {
      super(SqliteContractTest::create);
    }
  }
}
