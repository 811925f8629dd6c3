package wildcat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;

/// What a commit has returned for is there after `kill -9` (R1). More rounds with
/// `-Dwildcat.kill.rounds=1000`; the seed of a run is printed when it fails.
class KillTest {
  private static final int ROUNDS = Integer.getInteger("wildcat.kill.rounds", 10);
  private static final int MAX_LINES = 1_500;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit fills the folder
  KillTest() {}

  /// What a child said of a commit that had returned.
  private record Committed(AccountId account, String message, long sequence) {}

  @Test
  void nothingCommittedIsLostWhenTheProcessIsKilled() throws Exception {
    long seed = Long.getLong("wildcat.kill.seed", System.nanoTime());
    var random = new Random(seed);
    var committed = new ArrayList<Committed>();
    var settled = new HashSet<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      int before = committed.size();
      run(round, random.nextInt(MAX_LINES), committed, settled);
      String what = "seed " + seed + ", round " + round;
      check(what, committed, committed.subList(before, committed.size()), settled);
    }
    assertThat(committed).as("seed %d", seed).isNotEmpty();
    assertThat(settled).as("seed %d", seed).isNotEmpty();
  }

  /// Needs `strace`: `-Dwildcat.strace=true`. Every fsync fails for a while, as on a disk that is dying.
  @Test
  @EnabledIfSystemProperty(named = "wildcat.strace", matches = "true")
  void failingFsyncsFailCommitsAndTheStoreGoesOnAfterThem() throws Exception {
    var committed = new ArrayList<Committed>();
    var settled = new HashSet<Long>();
    var strace =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fdatasync,fsync",
            "-e",
            "inject=fdatasync,fsync:error=EIO:when=40..80");
    int failed = 0;
    int committedAfterwards = 0;
    try (var child = ChildProcess.startUnder(strace, folder, "write", "R0")) {
      for (String line = child.nextLine(); line != null; line = child.nextLine()) {
        note(line, committed, settled);
        failed += line.startsWith("failed") ? 1 : 0;
        committedAfterwards += failed > 0 && line.startsWith("committed") ? 1 : 0;
        if (committedAfterwards == 200) {
          child.kill();
        }
      }
    }
    assertThat(failed).isPositive();
    check("failing fsyncs", committed, committed, settled);
  }

  /// Lets a child write until it has said `lines` lines, kills it, and reads what it still said.
  private void run(int round, int lines, List<Committed> committed, Set<Long> settled)
      throws Exception {
    try (var child = ChildProcess.start(folder, "write", "R" + round)) {
      int count = 0;
      for (String line = child.nextLine(); line != null; line = child.nextLine()) {
        note(line, committed, settled);
        if (count++ == lines) {
          child.kill();
        }
      }
    }
  }

  private static void note(String line, List<Committed> committed, Set<Long> settled) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "committed" ->
          committed.add(new Committed(new AccountId(words[1]), words[2], Long.parseLong(words[3])));
      case "settled" -> settled.add(Long.parseLong(words[1]));
      default -> {}
    }
  }

  private void check(
      String run, List<Committed> committed, List<Committed> ofThisRound, Set<Long> settled)
      throws Exception {
    try (var raw = new RawFile(folder)) {
      assertThat(raw.rows("PRAGMA integrity_check")).as(run).containsExactly("ok");
      assertThat(raw.rows("SELECT position FROM outbox").stream().map(Long::parseLong))
          .as(run)
          .doesNotContainAnyElementsOf(settled);
    }
    try (var store =
        SqliteStore.open(
            SqliteSettings.in(folder),
            new TestRecorder(),
            InstantSource.system(),
            new SecureRandom())) {
      List<RecordedEvent> log = store.eventsAfter(0, Integer.MAX_VALUE);
      assertThat(log)
          .as(run)
          .extracting(RecordedEvent::sequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
      for (Committed unit : committed) {
        assertThat(unit.sequence()).as(run).isLessThanOrEqualTo(log.size());
        assertThat(log.get((int) unit.sequence() - 1).account()).as(run).isEqualTo(unit.account());
      }
      for (Committed unit : ofThisRound) {
        assertThat(store.messages().byId(unit.account(), Samples.id(unit.message())))
            .as("%s, %s", run, unit)
            .isPresent();
      }
      for (AccountId account : ofThisRound.stream().map(Committed::account).distinct().toList()) {
        AccountStore opened = store.open(account);
        assertThat(opened.ratchet(address(BOB, 0))).as(run).isPresent();
      }
    }
  }
}
