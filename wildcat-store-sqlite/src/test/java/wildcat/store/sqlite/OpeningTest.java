package wildcat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.ManualClock;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.ratchet.RatchetRecord;

/// Opening a folder: what must be there, who may, and what survives.
class OpeningTest {
  private static final AccountId SALES = new AccountId("sales");

  @TempDir Path parent;

  private final Samples samples = new Samples(5);
  private final ManualClock clock = new ManualClock();
  private final TestRecorder recorder = new TestRecorder();

  @SuppressWarnings("NullAway.Init") // JUnit fills the folder
  OpeningTest() {}

  private Path folder() {
    return parent.resolve("data");
  }

  private SqliteStore open(SqliteSettings settings) throws StoreFailed {
    return SqliteStore.open(settings, recorder, clock, new SecureRandom());
  }

  private SqliteStore open() throws StoreFailed {
    return open(SqliteSettings.in(folder()));
  }

  @Test
  void everythingSurvivesAReopening() throws Exception {
    Credentials credentials = samples.credentials().withLink(samples.link());
    RatchetRecord ratchet = samples.ratchet();
    try (var store = open()) {
      store
          .open(SALES)
          .commit(
              UnitOfWork.of(
                  new Change.CreateCredentials(credentials),
                  new Change.PutRatchet(address(BOB, 0), ratchet),
                  new Change.AddPreKeys(List.of(samples.preKey(9))),
                  new Change.AddMessage(Samples.received(BOB, "A1", 0)),
                  Samples.event(Samples.received(BOB, "A1", 0))));
      store.records().put("webhooks", "a", Bytes.ofUtf8("hook"));
    }

    try (var store = open()) {
      AccountStore sales = store.open(SALES);
      assertThat(sales.credentials()).contains(credentials);
      assertThat(sales.ratchet(address(BOB, 0)).orElseThrow().encode()).isEqualTo(ratchet.encode());
      assertThat(sales.preKeyStock().nextId()).isEqualTo(10);
      assertThat(sales.message(BOB, Samples.id("A1"))).isPresent();
      assertThat(store.records().get("webhooks", "a")).contains(Bytes.ofUtf8("hook"));
      assertThat(store.outbox().pending("hook")).isEqualTo(1);
      assertThat(sales.commit(UnitOfWork.of(Samples.accountEvent())).getFirst().sequence())
          .isEqualTo(2);
    }
  }

  @Test
  void anOwnerFromBeforeAReopeningIsStale() throws Exception {
    AccountStore former;
    try (var store = open()) {
      store.open(SALES);
      former = store.open(SALES);
    }
    try (var store = open()) {
      store.open(SALES);
      assertThatExceptionOfType(StoreFailed.Unavailable.class)
          .isThrownBy(() -> former.commit(UnitOfWork.of(Samples.accountEvent())))
          .withMessage("the store is closed");
      assertThatExceptionOfType(StoreFailed.Unavailable.class)
          .isThrownBy(former::credentials)
          .withMessage("the store is closed");
    }
    try (var raw = new RawFile(folder())) {
      assertThat(raw.rows("SELECT epoch FROM accounts")).containsExactly("3");
    }
  }

  @Test
  void filesAreForTheirOwnerOnly() throws Exception {
    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    for (String file : List.of("master.key", "wildcat.db")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(folder().resolve("master.key"))).matches("[0-9a-f]{64}\n");
  }

  @Test
  void noSecretIsInTheFilesInTheClear() throws Exception {
    Credentials credentials = samples.credentials();
    RatchetRecord ratchet = samples.ratchet();
    try (var store = open()) {
      store
          .open(SALES)
          .commit(
              UnitOfWork.of(
                  new Change.CreateCredentials(credentials),
                  new Change.PutRatchet(address(BOB, 0), ratchet)));
      store.records().put("webhooks", "a", Bytes.ofUtf8("a canary of a webhook's secret"));
    }

    String file = Bytes.wrap(Files.readAllBytes(folder().resolve("wildcat.db"))).hex();
    assertThat(file).doesNotContain(Bytes.wrap(credentials.identity().privateKey().expose()).hex());
    assertThat(file).doesNotContain(Bytes.wrap(credentials.advSecret().expose()).hex());
    assertThat(file).doesNotContain(ratchet.encode().slice(20, 60).hex());
    assertThat(file).doesNotContain(Bytes.ofUtf8("canary").hex());
  }

  @Test
  void aSecondStoreOfTheSameProcessIsKeptOut() throws Exception {
    try (var _ = open()) {
      assertThatExceptionOfType(StoreFailed.Unavailable.class)
          .isThrownBy(this::open)
          .withMessageContaining(folder().toAbsolutePath().toString())
          .withMessageContaining("in use by another Wildcat");
    }
    open().close();
  }

  @Test
  void aSecondProcessIsKeptOutUntilTheFirstHasEnded() throws Exception {
    try (var child = ChildProcess.start(folder(), "hold")) {
      assertThat(child.nextLine()).isEqualTo("open");
      assertThatExceptionOfType(StoreFailed.Unavailable.class)
          .isThrownBy(this::open)
          .withMessageContaining(folder().toAbsolutePath().toString());
      child.kill();
    }
    open().close();
  }

  @Test
  void anotherMasterKeyIsRefusedAndNothingIsChanged() throws Exception {
    byte[] key = new byte[32];
    key[0] = 1;
    open(SqliteSettings.in(folder()).withMasterKey(Secret.copyOf(key))).close();
    assertThat(folder().resolve("master.key")).doesNotExist();
    List<String> before = contents();

    key[0] = 2;
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> open(SqliteSettings.in(folder()).withMasterKey(Secret.copyOf(key))))
        .withMessageContaining("the master key is not the one")
        .withMessageContaining(folder().toAbsolutePath().toString());
    assertThat(contents()).isEqualTo(before);

    key[0] = 1;
    open(SqliteSettings.in(folder()).withMasterKey(Secret.copyOf(key))).close();
  }

  @Test
  void aLostMasterKeyIsNotReplacedByANewOne() throws Exception {
    open().close();
    Files.delete(folder().resolve("master.key"));

    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(this::open)
        .withMessageContaining("master.key")
        .withMessageContaining("is missing");
    assertThat(folder().resolve("master.key")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "zz00000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000ff",
      })
  void aDamagedMasterKeyFileIsNamed(String content) throws Exception {
    open().close();
    Files.writeString(folder().resolve("master.key"), content);

    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(this::open)
        .withMessageContaining("must be 64 hexadecimal digits")
        .withMessageContaining(folder().resolve("master.key").toAbsolutePath().toString());
    assertThat(folder().resolve("master.key")).hasContent(content);
  }

  @Test
  void aNewerSchemaIsRefused() throws Exception {
    open().close();
    try (var raw = new RawFile(folder())) {
      raw.run("INSERT INTO schema(version, at) VALUES (" + (Schema.VERSION + 1) + ", 0)");
    }

    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(this::open)
        .withMessageContaining("has schema version " + (Schema.VERSION + 1))
        .withMessageContaining("start a newer Wildcat");
  }

  @Test
  void aFirstStartThatWasCutOffIsMadeUpFor() throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("master.key"), "11".repeat(32) + "\n");
    Files.createFile(folder().resolve("wildcat.db"));

    try (var store = open()) {
      assertThat(store.open(SALES).credentials()).isEmpty();
    }
  }

  @Test
  void whatIsNoDatabaseIsRefusedUnchanged() throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("master.key"), "11".repeat(32) + "\n");
    Files.writeString(folder().resolve("wildcat.db"), "not a database".repeat(1_000));

    assertThatExceptionOfType(StoreFailed.Unreadable.class).isThrownBy(this::open);
    assertThat(folder().resolve("wildcat.db")).hasContent("not a database".repeat(1_000));
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(folder(), "a file");

    assertThatExceptionOfType(StoreFailed.Unavailable.class)
        .isThrownBy(this::open)
        .withMessageContaining(folder().toAbsolutePath().toString());
  }

  @Test
  void aCommitIsOneSyncedAppend() throws Exception {
    try (var store = open()) {
      for (var setting : Map.of("synchronous", 2L, "mmap_size", 0L, "temp_store", 2L).entrySet()) {
        long value =
            store
                .writer()
                .write(transaction -> transaction.db().sql("PRAGMA " + setting.getKey()).number());
        assertThat(value).as(setting.getKey()).isEqualTo(setting.getValue());
      }
      try (var raw = new RawFile(folder())) {
        assertThat(raw.rows("PRAGMA journal_mode")).containsExactly("wal");
        assertThat(raw.rows("PRAGMA page_size")).containsExactly("4096");
      }
    }
  }

  @Test
  void aBackupTakenWhileRunningOpensWithTheMasterKey() throws Exception {
    Path backup = parent.resolve("backup");
    Files.createDirectories(backup);
    Credentials credentials = samples.credentials();
    try (var store = open()) {
      store.open(SALES).commit(UnitOfWork.of(new Change.CreateCredentials(credentials)));
      try (var raw = new RawFile(folder())) {
        raw.run("VACUUM INTO '" + backup.resolve("wildcat.db") + "'");
      }
      Files.copy(folder().resolve("master.key"), backup.resolve("master.key"));
    }

    try (var store = open(SqliteSettings.in(backup))) {
      assertThat(store.open(SALES).credentials()).contains(credentials);
    }
  }

  private List<String> contents() throws Exception {
    try (var raw = new RawFile(folder())) {
      return raw.rows("SELECT * FROM meta UNION ALL SELECT name, value FROM counters");
    }
  }
}
