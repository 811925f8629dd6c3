package wildcat.client.store.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;

/// What all parts of the contract need: a fresh store and one account of it.
public abstract class StoreContract {
  protected static final AccountId SALES = new AccountId("sales");
  protected static final AccountId SUPPORT = new AccountId("support");

  protected final ManualClock clock = new ManualClock();
  protected final TestRecorder recorder = new TestRecorder();
  protected final Samples samples = new Samples(42);
  private final StoreFactory factory;

  @TempDir protected Path folder;

  protected Store store;
  protected AccountStore sales;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
  protected StoreContract(StoreFactory factory) {
    this.factory = factory;
  }

  @BeforeEach
  void createStore() throws StoreFailed, InterruptedException {
    store = factory.create(folder, recorder, clock);
    sales = store.open(SALES);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected List<RecordedEvent> commit(Change... changes) throws StoreFailed, InterruptedException {
    return sales.commit(UnitOfWork.of(changes));
  }

  /// Commits `count` events of one chat.
  protected List<RecordedEvent> commitEvents(int count, String idPrefix)
      throws StoreFailed, InterruptedException {
    return commit(
        IntStream.range(0, count)
            .mapToObj(i -> Samples.event(Samples.received(Samples.BOB, idPrefix + i, i)))
            .toArray(Change[]::new));
  }

  protected static <T> T present(Optional<T> value) {
    return value.orElseThrow(() -> new AssertionError("nothing there"));
  }
}
