package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountState.Status;
import wildcat.client.fake.Harness;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;

final class StandingTest {
  private final Harness harness;
  private final AccountThread thread = new AccountThread(Harness.ACCOUNT, "standing");
  private final Standing standing;

  StandingTest() throws Exception {
    harness = new Harness();
    standing =
        new Standing(
            new Ledger(harness.account, (_, event) -> harness.events.add(event), harness.time),
            thread,
            harness.time);
  }

  private void settle() {
    var done = new CompletableFuture<Boolean>();
    thread.execute(() -> done.complete(true));
    assertThat(done.join()).isTrue();
  }

  @Test
  void eachStatusIsRecordedOnce() throws Exception {
    standing.enter(Status.CONNECTING, "");
    standing.enter(Status.RECONNECTING, "reset");
    standing.enter(Status.RECONNECTING, "reset again");
    standing.enter(Status.CONNECTED, "");
    assertThat(harness.recorded()).containsExactly("connecting", "reconnecting", "connected");
  }

  @Test
  void newReasonOfTheSameStatusShowsButKeepsItsTime() {
    standing.enter(Status.RECONNECTING, "reset");
    harness.time.advance(java.time.Duration.ofSeconds(5));
    standing.enter(Status.RECONNECTING, "refused");
    assertThat(standing.current().reason()).isEqualTo("refused");
    assertThat(standing.current().since()).isEqualTo(Harness.START);
  }

  @Test
  void stateIsTrueAtOnceAndRecordedInOrderWhenTheStoreIsBack() throws Exception {
    harness.faults.unavailable = true;
    standing.enter(Status.CONNECTING, "");
    standing.enter(Status.CONNECTED, "");
    assertThat(standing.status()).isEqualTo(Status.CONNECTED);
    harness.time.advance(Standing.RETRY);
    settle();
    assertThat(harness.recorded()).isEmpty();
    assertThat(harness.events).isEmpty();
    harness.faults.unavailable = false;
    harness.time.advance(Standing.RETRY);
    settle();
    assertThat(harness.recorded()).containsExactly("connecting", "connected");
    assertThat(harness.time.waiting()).isZero();
  }

  @Test
  void quarantineOutlivesALongOutageOfTheStore() throws Exception {
    harness.connected();
    harness.client.close();
    assertThat(harness.account.credentials()).isPresent();
    int before = harness.recorded().size();
    harness.faults.unavailable = true;
    standing.enter(
        Status.LOGGED_OUT,
        "removed",
        Optional.empty(),
        List.of(new Change.QuarantineKeys(harness.time.instant())));
    for (int i = 0; i < 200; i++) {
      standing.enter(i % 2 == 0 ? Status.CONNECTING : Status.DISCONNECTED, "");
    }
    harness.faults.unavailable = false;
    harness.time.advance(Standing.RETRY);
    settle();
    assertThat(harness.account.credentials()).isEmpty();
    assertThat(harness.recorded().size() - before).isLessThan(70);
  }

  @Test
  void closedStandingWritesNothingMore() throws Exception {
    harness.faults.unavailable = true;
    standing.enter(Status.CONNECTING, "");
    standing.close();
    assertThat(harness.time.waiting()).isZero();
    harness.faults.unavailable = false;
    assertThat(harness.recorded()).isEmpty();
  }
}
