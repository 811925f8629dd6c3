package wildcat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;
import static wildcat.client.store.contract.Samples.event;
import static wildcat.client.store.contract.Samples.received;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Marks;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.ManualClock;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.protocol.ratchet.RatchetRecord;

/// A full disk fails commits and nothing else; with space everything goes on by itself (R10).
class FullDiskTest {
  private static final AccountId SALES = new AccountId("sales");
  private static final int TRIES = 20;
  private static final int ROUNDS = 30;

  @TempDir Path folder;

  private final Samples samples = new Samples(8);
  private final TestRecorder recorder = new TestRecorder();

  @SuppressWarnings("NullAway.Init") // JUnit fills the folder
  FullDiskTest() {}

  @Test
  void aStoreThatMayNotGrowFailsAndHealsWithoutARestart() throws Exception {
    try (var store = open(folder)) {
      AccountStore sales = store.open(SALES);
      RatchetRecord before = samples.ratchet();
      sales.commit(UnitOfWork.of(new Change.PutRatchet(address(BOB, 0), before)));

      limitPages(store, 1);
      List<String> committed = new ArrayList<>();
      for (int i = 0; i < TRIES; i++) {
        tryToCommit(sales, i, committed);
      }
      assertThat(committed).hasSizeLessThan(TRIES);
      int full = committed.size();
      assertThatExceptionOfType(StoreFailed.Unavailable.class)
          .isThrownBy(() -> sales.commit(large("refused")))
          .withMessageContaining("the disk is full");
      assertThat(sales.message(BOB, Samples.id("refused"))).isEmpty();
      assertThat(recorder.committed()).hasSize(full);
      assertThat(sales.ratchet(address(BOB, 0)).orElseThrow().encode())
          .isEqualTo(full == 0 ? before.encode() : last.encode());

      limitPages(store, 1_000_000);
      sales.commit(large("healed"));
      assertThat(sales.message(BOB, Samples.id("healed"))).isPresent();
      assertThat(store.eventsAfter(0, 100))
          .isEqualTo(recorder.committed())
          .extracting(RecordedEvent::sequence)
          .last()
          .isEqualTo(full + 1L);
    }
  }

  /// SQLite's own limit gives the very failure of a full disk.
  private static void limitPages(SqliteStore store, int count) throws Exception {
    store
        .writer()
        .write(transaction -> transaction.db().sql("PRAGMA max_page_count=" + count).number());
  }

  private RatchetRecord last = samples.ratchet();

  private void tryToCommit(AccountStore sales, int i, List<String> committed) throws Exception {
    RatchetRecord next = samples.ratchet();
    UnitOfWork unit = large("M" + i).add(new Change.PutRatchet(address(BOB, 0), next));
    try {
      sales.commit(unit);
      committed.add("M" + i);
      last = next;
    } catch (StoreFailed.Unavailable full) {
      assertThat(full).hasMessageContaining("the disk is full");
    }
  }

  /// With a message of several pages.
  private static UnitOfWork large(String id) {
    var small = received(BOB, id, 0);
    var large =
        new ChatMessage(
            small.chat(),
            small.id(),
            small.sender(),
            small.fromMe(),
            small.timestamp(),
            small.pushName(),
            small.type(),
            "x".repeat(40_000),
            small.quote(),
            small.mentions(),
            small.forwarded(),
            small.status(),
            small.origin(),
            small.content(),
            Marks.NONE);
    return UnitOfWork.of(new Change.AddMessage(large), event(small));
  }

  /// On a real small file system: `-Dwildcat.smallDisk=FOLDER`, where FOLDER is an empty tmpfs of some 16
  /// MiB.
  @Test
  @EnabledIfSystemProperty(named = "wildcat.smallDisk", matches = ".+")
  void aFileSystemThatIsFullLosesNothingAndHeals() throws Exception {
    Path disk = Path.of(System.getProperty("wildcat.smallDisk"));
    Path ballast = disk.resolve("ballast");
    try (var store = open(disk.resolve("data"))) {
      AccountStore sales = store.open(SALES);
      List<String> committed = new ArrayList<>();
      var random = new Random(3);
      for (int round = 0; round < ROUNDS; round++) {
        fill(ballast, random.nextInt(600 << 10));
        for (int i = 0; i < 50; i++) {
          tryToCommit(sales, 1_000 * round + i, committed);
        }
        Files.delete(ballast);
        String healed = "healed" + round;
        sales.commit(large(healed));
        committed.add(healed);
      }
      assertThat(committed).hasSizeBetween(ROUNDS, ROUNDS * 51 - 1);
      for (String id : committed) {
        assertThat(sales.message(BOB, Samples.id(id))).as(id).isPresent();
      }
      assertThat(store.eventsAfter(0, 10_000)).hasSize(committed.size());
    }
    try (var raw = new RawFile(disk.resolve("data"))) {
      assertThat(raw.rows("PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  /// Leaves `spareBytes`, so that the disk is full in the middle of something.
  private static void fill(Path ballast, int spareBytes) throws Exception {
    try (var out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[64 << 10];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    try (var channel = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
      channel.truncate(Math.max(0, channel.size() - spareBytes));
    }
  }

  private SqliteStore open(Path where) throws StoreFailed {
    return SqliteStore.open(
        SqliteSettings.in(where), recorder, new ManualClock(), new SecureRandom());
  }
}
