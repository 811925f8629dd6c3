package wildcat.client.store.contract;

import java.nio.file.Path;
import java.time.InstantSource;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;

/// Makes the store under test.
@FunctionalInterface
public interface StoreFactory {
  /// @param folder empty at first, and the test's own
  Store create(Path folder, EventRecorder recorder, InstantSource clock)
      throws StoreFailed, InterruptedException;
}
