package wildcat.client.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import wildcat.client.event.AccountId;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;

/// Gives the answers to stanzas when the steps that they follow from are on disk, in the order of the
/// stanzas, while the account's thread already handles the next ones. Thread-safe.
public final class Answers {
  /// Whoever handles stanzas faster than the disk takes them waits.
  private static final int LIMIT = 256;

  private final AccountThread lane;
  private final Consumer<StoreFailed> failed;
  private final Semaphore places = new Semaphore(LIMIT);
  private final AtomicInteger waiting = new AtomicInteger();

  /// @param failed told when a step has failed on its way to the disk; must not block
  public Answers(AccountId account, Consumer<StoreFailed> failed) {
    this.lane = new AccountThread(account, "answers of");
    this.failed = failed;
  }

  /// Calls `answer` with the result of `step` as soon as that is on disk: at once, if it is and nothing waits.
  public <T> void after(Ledger.Submitted<T> step, Consumer<T> answer) throws InterruptedException {
    if (waiting.get() == 0 && step.isOnDisk()) {
      give(step, answer);
      return;
    }
    places.acquire();
    waiting.incrementAndGet();
    lane.execute(() -> {
      try {
        give(step, answer);
      } finally {
        waiting.decrementAndGet();
        places.release();
      }
    });
  }

  private <T> void give(Ledger.Submitted<T> step, Consumer<T> answer) {
    try {
      step.await();
    } catch (StoreFailed e) {
      failed.accept(e);
      return;
    }
    answer.accept(step.result());
  }
}
