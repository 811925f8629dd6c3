package wildcat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.event;
import static wildcat.client.store.contract.Samples.received;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.ManualClock;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;

/// Units that are written together stand and fall alone, and an interrupt leaves no doubt.
class GroupCommitTest {
  private static final AccountId FIRST = new AccountId("first");

  @TempDir Path folder;

  private final Samples samples = new Samples(8);
  private final HeldRecorder recorder = new HeldRecorder();
  private SqliteStore store;
  private AccountStore first;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
  GroupCommitTest() {}

  /// Holds the writer in the first unit until it is let go, so that a test decides what gathers behind it.
  private static final class HeldRecorder implements EventRecorder {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch letGo = new CountDownLatch(1);
    final List<List<RecordedEvent>> groups = new ArrayList<>();
    private final TestRecorder plain = new TestRecorder();

    @Override
    public Entry entry(AccountId account, long sequence, Instant at, Event.Durable event) {
      if (account.equals(FIRST)) {
        reached.countDown();
        try {
          letGo.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException("the writer was interrupted", e);
        }
      }
      return plain.entry(account, sequence, at, event);
    }

    @Override
    public void committed(List<RecordedEvent> events) {
      groups.add(events);
    }
  }

  @BeforeEach
  void openStore() throws Exception {
    store =
        SqliteStore.open(
            SqliteSettings.in(folder), recorder, new ManualClock(), new SecureRandom());
    first = store.open(FIRST);
  }

  @AfterEach
  void closeStore() {
    recorder.letGo.countDown();
    store.close();
  }

  /// A commit on a thread of its own. Its result also tells whether the thread was left interrupted.
  private static final class Commit extends FutureTask<List<RecordedEvent>> {
    final Thread thread;
    volatile boolean leftInterrupted;

    private Commit(Attempt attempt) {
      super(attempt);
      attempt.commit = this;
      thread = Thread.ofVirtual().unstarted(this);
    }

    static Commit start(AccountStore account, Change... changes) {
      var commit = new Commit(new Attempt(account, changes));
      commit.thread.start();
      return commit;
    }
  }

  private static final class Attempt implements Callable<List<RecordedEvent>> {
    private final AccountStore account;
    private final Change[] changes;
    @Nullable Commit commit;

    Attempt(AccountStore account, Change... changes) {
      this.account = account;
      this.changes = changes.clone();
    }

    @Override
    public List<RecordedEvent> call() throws Exception {
      List<RecordedEvent> events = account.commit(UnitOfWork.of(changes));
      if (commit != null) {
        commit.leftInterrupted = Thread.currentThread().isInterrupted();
      }
      return events;
    }
  }

  /// Waits until the thread waits for the writer.
  private static void awaitParked(Commit commit) {
    while (commit.thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aUnitThatFailsFailsAlone() throws Exception {
    AccountStore stale = store.open(new AccountId("stale"));
    store.open(new AccountId("stale"));
    AccountStore good = store.open(new AccountId("good"));
    AccountStore conflicting = store.open(new AccountId("conflicting"));

    Commit holding = Commit.start(first, event(received(BOB, "A1", 0)));
    recorder.reached.await();
    Commit failing =
        Commit.start(
            conflicting,
            new Change.AddMessage(received(BOB, "C1", 0)),
            event(received(BOB, "C1", 0)),
            new Change.UpdateCredentials(samples.credentials()));
    awaitParked(failing);
    Commit outdated = Commit.start(stale, event(received(BOB, "S1", 0)));
    awaitParked(outdated);
    Commit written =
        Commit.start(
            good, new Change.AddMessage(received(BOB, "B1", 0)), event(received(BOB, "B1", 0)));
    awaitParked(written);
    recorder.letGo.countDown();

    assertThat(holding.get()).extracting(RecordedEvent::sequence).containsExactly(1L);
    assertThat(written.get()).extracting(RecordedEvent::sequence).containsExactly(2L);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(failing::get)
        .withCauseInstanceOf(StoreFailed.Conflict.class);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(outdated::get)
        .withCauseInstanceOf(StoreFailed.StaleOwner.class);
    assertThat(recorder.groups).as("they were one transaction").hasSize(1);
    assertThat(store.eventsAfter(0, 10)).isEqualTo(recorder.groups.getFirst());
    assertThat(good.message(BOB, Samples.id("B1"))).isPresent();
    assertThat(conflicting.message(BOB, Samples.id("C1"))).isEmpty();
  }

  @Test
  void aUnitInterruptedWhileItWaitsIsNeverWritten() throws Exception {
    AccountStore other = store.open(new AccountId("other"));
    Commit holding = Commit.start(first, event(received(BOB, "A1", 0)));
    recorder.reached.await();
    Commit waiting = Commit.start(other, new Change.AddMessage(received(BOB, "B1", 0)));
    awaitParked(waiting);
    waiting.thread.interrupt();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(waiting::get)
        .withCauseInstanceOf(InterruptedException.class);
    recorder.letGo.countDown();
    holding.get();
    other.commit(UnitOfWork.of(new Change.AddMessage(received(BOB, "B2", 0))));
    assertThat(other.message(BOB, Samples.id("B1"))).isEmpty();
  }

  @Test
  void aUnitInterruptedWhileItIsWrittenReturnsWhatWasCommitted() throws Exception {
    Commit holding = Commit.start(first, event(received(BOB, "A1", 0)));
    recorder.reached.await();
    holding.thread.interrupt();
    recorder.letGo.countDown();

    assertThat(holding.get()).extracting(RecordedEvent::sequence).containsExactly(1L);
    assertThat(holding.leftInterrupted).isTrue();
    assertThat(store.eventsAfter(0, 10)).hasSize(1);
  }

  @Test
  void whoWaitsWhenTheStoreIsClosedIsStillWrittenOrTold() throws Exception {
    AccountStore other = store.open(new AccountId("other"));
    Commit holding = Commit.start(first, event(received(BOB, "A1", 0)));
    recorder.reached.await();
    Commit waiting = Commit.start(other, event(received(BOB, "B1", 0)));
    awaitParked(waiting);
    Thread closing = Thread.ofPlatform().start(store::close);
    recorder.letGo.countDown();
    closing.join();

    assertThat(holding.get()).hasSize(1);
    assertThat(waiting.get()).hasSize(1);
    assertThatExceptionOfType(StoreFailed.Unavailable.class)
        .isThrownBy(() -> other.commit(UnitOfWork.of(Samples.accountEvent())));
  }

  @Test
  void whatOneAccountHandsOverSharesATransaction() throws Exception {
    AccountStore busy = store.open(new AccountId("busy"));
    Commit holding = Commit.start(first, event(received(BOB, "A1", 0)));
    recorder.reached.await();
    var commits = new ArrayList<wildcat.client.store.Commit>();
    for (int i = 0; i < 10; i++) {
      commits.add(busy.submit(UnitOfWork.of(event(received(BOB, "B" + i, i))), busy.footing()));
    }
    assertThat(commits).noneMatch(wildcat.client.store.Commit::isDone);
    recorder.letGo.countDown();
    for (var commit : commits) {
      assertThat(commit.await()).hasSize(1);
    }
    assertThat(holding.get()).hasSize(1);
    assertThat(recorder.groups).as("they were one transaction").hasSize(1);
    assertThat(recorder.groups.getFirst()).hasSize(11);
  }

  @Test
  void whatFollowsAFailedUnitOfItsAccountFailsAndNobodyElses() throws Exception {
    AccountStore broken = store.open(new AccountId("broken"));
    AccountStore good = store.open(new AccountId("good"));
    Commit holding = Commit.start(first, event(received(BOB, "A1", 0)));
    recorder.reached.await();
    var footing = broken.footing();
    var fails =
        broken.submit(UnitOfWork.of(new Change.UpdateCredentials(samples.credentials())), footing);
    var follows = broken.submit(UnitOfWork.of(event(received(BOB, "B1", 1))), footing);
    var other = good.submit(UnitOfWork.of(event(received(BOB, "C1", 2))), good.footing());
    recorder.letGo.countDown();

    assertThat(holding.get()).hasSize(1);
    assertThat(other.await()).hasSize(1);
    assertThatExceptionOfType(StoreFailed.Conflict.class).isThrownBy(fails::await);
    assertThatExceptionOfType(StoreFailed.Unavailable.class).isThrownBy(follows::await);
    assertThat(broken.footing()).isNotSameAs(footing);
    var later = broken.submit(UnitOfWork.of(event(received(BOB, "B2", 3))), broken.footing());
    assertThat(later.await()).hasSize(1);
  }
}
