package wildcat.store.mongodb;

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

/// The contract of all stores, on MongoDB.
class MongoContractTest {
  private static Store create(Path folder, EventRecorder recorder, InstantSource clock)
      throws StoreFailed {
    return MongoStore.open(TestDatabase.fresh(folder), recorder, clock, new SecureRandom());
  }

  @Nested
  class Keys extends KeysContract {
    Keys() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class Lids extends LidContract {
    Lids() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class Messages extends MessagesContract {
    Messages() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class Chats extends ChatsContract {
    Chats() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class Events extends EventsContract {
    Events() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class Outboxes extends OutboxContract {
    Outboxes() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class RecordsOfApplications extends RecordsContract {
    RecordsOfApplications() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class Ownership extends OwnershipContract {
    Ownership() {
      super(MongoContractTest::create);
    }
  }

  @Nested
  class Pruning extends PruneContract {
    Pruning() {
      super(MongoContractTest::create);
    }
  }
}
