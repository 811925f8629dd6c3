package wildcat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static wildcat.client.store.contract.Samples.ALICE;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.BOB_LID;
import static wildcat.client.store.contract.Samples.address;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.DeviceList;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.contract.ManualClock;
import wildcat.client.store.contract.Samples;
import wildcat.client.store.contract.TestRecorder;
import wildcat.protocol.bytes.Bytes;

/// Damaged rows are never taken for missing ones, and never written over (R9).
class UnreadableRowsTest {
  private static final AccountId SALES = new AccountId("sales");
  private static final AccountId SUPPORT = new AccountId("support");

  @TempDir Path folder;

  private final Samples samples = new Samples(3);
  private final ManualClock clock = new ManualClock();
  private SqliteStore store;
  private AccountStore sales;
  private AccountStore support;
  private Credentials credentials;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
  UnreadableRowsTest() {}

  /// How a row can be damaged: `sealed` of the first account becomes something else.
  enum Damage {
    FLIPPED_BIT("substr(sealed, 1, 40) || x'%s' || substr(sealed, 42)"),
    FLIPPED_BIT_OF_THE_TAG("substr(sealed, 1, length(sealed) - 1) || x'%s'"),
    UNKNOWN_VERSION("x'02' || substr(sealed, 2)"),
    TRUNCATED("substr(sealed, 1, length(sealed) - 1)"),
    TRUNCATED_TO_NOTHING("x''"),
    FROM_ANOTHER_ROW(""),
    FROM_ANOTHER_ACCOUNT("");

    private final String expression;

    Damage(String expression) {
      this.expression = expression;
    }
  }

  /// A table with secrets: which row is damaged, and how it is read.
  enum Secret {
    CREDENTIALS("credentials", "", "") {
      @Override
      Object read(AccountStore account) throws StoreFailed {
        return account.credentials();
      }

      @Override
      List<Change> overwriting(Samples samples, Credentials credentials) {
        return List.of(
            new Change.UpdateCredentials(credentials), new Change.CreateCredentials(credentials));
      }
    },
    RATCHETS("ratchets", " AND device = 0", " AND device = 1") {
      @Override
      Object read(AccountStore account) throws StoreFailed {
        return account.ratchet(address(BOB, 0));
      }

      @Override
      List<Change> overwriting(Samples samples, Credentials credentials) {
        return List.of(
            new Change.PutRatchet(address(BOB, 0), samples.ratchet()),
            new Change.RemoveRatchet(address(BOB, 0)),
            new Change.RemoveKeysOf(BOB),
            new Change.MapLid(BOB, BOB_LID));
      }
    },
    IDENTITIES("identities", " AND device = 0", " AND device = 1") {
      @Override
      Object read(AccountStore account) throws StoreFailed {
        return account.identity(address(BOB, 0));
      }

      @Override
      List<Change> overwriting(Samples samples, Credentials credentials) {
        return List.of(
            new Change.PutIdentity(address(BOB, 0), samples.keys().publicKey()),
            new Change.RemoveIdentity(address(BOB, 0)),
            new Change.RemoveKeysOf(BOB),
            new Change.MapLid(BOB, BOB_LID));
      }
    },
    PRE_KEYS("pre_keys", " AND id = 1", " AND id = 2") {
      @Override
      Object read(AccountStore account) throws StoreFailed {
        return account.preKey(1);
      }

      @Override
      List<Change> overwriting(Samples samples, Credentials credentials) {
        return List.of(new Change.AddPreKeys(List.of(samples.preKey(1))));
      }
    };

    private final String table;
    private final String row;
    private final String otherRow;

    Secret(String table, String row, String otherRow) {
      this.table = table;
      this.row = row;
      this.otherRow = otherRow;
    }

    abstract Object read(AccountStore account) throws StoreFailed;

    /// Changes that would put something in the place of the damaged row, or drop it.
    abstract List<Change> overwriting(Samples samples, Credentials credentials);
  }

  @BeforeEach
  void fillTwoAccounts() throws Exception {
    openStore();
    credentials = samples.credentials();
    for (AccountStore account : List.of(sales, support)) {
      account.commit(
          UnitOfWork.of(
              new Change.CreateCredentials(credentials),
              new Change.PutRatchet(address(BOB, 0), samples.ratchet()),
              new Change.PutRatchet(address(BOB, 1), samples.ratchet()),
              new Change.PutIdentity(address(BOB, 0), samples.keys().publicKey()),
              new Change.PutIdentity(address(BOB, 1), samples.keys().publicKey()),
              new Change.AddPreKeys(List.of(samples.preKey(1), samples.preKey(2))),
              new Change.AddMessage(Samples.received(BOB, "A1", 0))));
    }
  }

  private void openStore() throws Exception {
    store =
        SqliteStore.open(SqliteSettings.in(folder), new TestRecorder(), clock, new SecureRandom());
    sales = store.open(SALES);
    support = store.open(SUPPORT);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void damage(Secret secret, Damage damage) throws Exception {
    store.close(); // what is cached is not to hide the damage
    try (var raw = new RawFile(folder)) {
      String account = " WHERE account = (SELECT id FROM accounts WHERE name = 'sales')";
      String other = " WHERE account = (SELECT id FROM accounts WHERE name = 'support')";
      String replacement =
          switch (damage) {
            case FROM_ANOTHER_ROW ->
                "(SELECT sealed FROM " + secret.table + account + secret.otherRow + ")";
            case FROM_ANOTHER_ACCOUNT ->
                "(SELECT sealed FROM " + secret.table + other + secret.row + ")";
            default -> String.format(damage.expression, flipped(raw, secret, damage));
          };
      if (damage == Damage.FROM_ANOTHER_ROW && secret == Secret.CREDENTIALS) {
        replacement =
            "(SELECT sealed FROM pre_keys" + account + " AND id = 1)"; // there is no other row
      }
      assertThat(
              raw.update(
                  "UPDATE " + secret.table + " SET sealed = " + replacement + account + secret.row))
          .isEqualTo(1);
    }
    openStore();
  }

  /// One byte of the sealed row with its lowest bit turned over, in hex.
  private static String flipped(RawFile raw, Secret secret, Damage damage) throws Exception {
    String from = damage == Damage.FLIPPED_BIT ? "41, 1" : "length(sealed), 1";
    String hex =
        raw.rows(
                "SELECT substr(sealed, "
                    + from
                    + ") FROM "
                    + secret.table
                    + " WHERE account = (SELECT id FROM accounts WHERE name = 'sales')"
                    + secret.row)
            .getFirst();
    return Bytes.wrap(new byte[] {(byte) (Bytes.ofHex(hex).at(0) ^ 1)}).hex();
  }

  @ParameterizedTest
  @EnumSource(Secret.class)
  void aDamagedRowIsUnreadableAndNothingTouchesIt(Secret secret) throws Exception {
    for (Damage damage : Damage.values()) {
      damage(secret, damage);
      List<String> before = secrets();

      assertThatExceptionOfType(StoreFailed.Unreadable.class)
          .as("%s read", damage)
          .isThrownBy(() -> secret.read(sales));
      for (Change change : secret.overwriting(samples, credentials)) {
        assertThatExceptionOfType(StoreFailed.class)
            .as("%s before %s", damage, change)
            .isThrownBy(() -> sales.commit(UnitOfWork.of(change)))
            .isInstanceOfAny(StoreFailed.Unreadable.class, StoreFailed.Conflict.class);
      }
      assertThat(secrets()).as("%s", damage).isEqualTo(before);
      assertThat(secret.read(support)).as("%s, other account", damage).isNotNull();
      assertThat(sales.message(BOB, Samples.id("A1"))).isPresent();
      sales.commit(UnitOfWork.of(new Change.PutRatchet(address(ALICE, 0), samples.ratchet())));
      assertThat(sales.ratchet(address(ALICE, 0))).isPresent();
      restore();
    }
  }

  /// Empties the account by the one way that is open, and fills it again.
  private void restore() throws Exception {
    sales.commit(
        UnitOfWork.of(
            new Change.QuarantineKeys(clock.instant()),
            new Change.CreateCredentials(credentials),
            new Change.PutRatchet(address(BOB, 0), samples.ratchet()),
            new Change.PutRatchet(address(BOB, 1), samples.ratchet()),
            new Change.PutIdentity(address(BOB, 0), samples.keys().publicKey()),
            new Change.PutIdentity(address(BOB, 1), samples.keys().publicKey()),
            new Change.AddPreKeys(List.of(samples.preKey(1), samples.preKey(2)))));
    assertThat(sales.credentials()).contains(credentials);
  }

  @Test
  void createOverUnreadableCredentialsIsRefused() throws Exception {
    damage(Secret.CREDENTIALS, Damage.TRUNCATED_TO_NOTHING);

    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() -> sales.commit(UnitOfWork.of(new Change.CreateCredentials(credentials))));
  }

  @Test
  void unreadableKeysGoIntoQuarantineAsTheyAre() throws Exception {
    damage(Secret.CREDENTIALS, Damage.FLIPPED_BIT);
    String damaged = sealedCredentials("credentials").getFirst();
    sales.commit(UnitOfWork.of(new Change.QuarantineKeys(clock.instant())));

    assertThat(sales.credentials()).isEmpty();
    assertThat(sealedCredentials("quarantine")).contains(damaged);
    sales.commit(UnitOfWork.of(new Change.CreateCredentials(credentials)));
    assertThat(sales.credentials()).contains(credentials);
  }

  private List<String> sealedCredentials(String table) throws Exception {
    try (var raw = new RawFile(folder)) {
      return raw.rows("SELECT sealed FROM " + table + " ORDER BY account");
    }
  }

  @ParameterizedTest
  @CsvSource({"x'00'", "randomblob(73)", "(SELECT data_key FROM accounts WHERE name = 'support')"})
  void withoutItsDataKeyAnAccountKeepsItsMessagesAndNoSecretIsReadOrReplaced(String replacement)
      throws Exception {
    store.close();
    try (var raw = new RawFile(folder)) {
      raw.run("UPDATE accounts SET data_key = " + replacement + " WHERE name = 'sales'");
    }
    openStore();
    List<String> before = secrets();

    for (Secret secret : Secret.values()) {
      assertThatExceptionOfType(StoreFailed.Unreadable.class).isThrownBy(() -> secret.read(sales));
      for (Change change : secret.overwriting(samples, credentials)) {
        assertThatExceptionOfType(StoreFailed.Unreadable.class)
            .isThrownBy(() -> sales.commit(UnitOfWork.of(change)));
      }
    }
    assertThat(secrets()).isEqualTo(before);
    assertThat(sales.message(BOB, Samples.id("A1"))).isPresent();
    assertThat(support.credentials()).contains(credentials);

    restore();
    store.close();
    openStore();
    assertThat(sales.credentials()).contains(credentials);
  }

  @Test
  void damageBeyondASealIsFoundToo() throws Exception {
    sales.commit(
        UnitOfWork.of(new Change.PutDevices(new DeviceList(BOB, List.of(), clock.instant()))));
    try (var raw = new RawFile(folder)) {
      raw.run("UPDATE devices SET list = x'09'");
      raw.run("UPDATE messages SET details = x'0108'");
    }

    assertThatExceptionOfType(StoreFailed.Unreadable.class).isThrownBy(() -> sales.devices(BOB));
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> sales.message(BOB, Samples.id("A1")));
  }

  @Test
  void aFailedReadOfARecordIsNotAnAbsentRecord() throws Exception {
    store.records().put("webhooks", "a", Bytes.ofUtf8("secret a"));
    store.records().put("webhooks", "b", Bytes.ofUtf8("secret b"));
    try (var raw = new RawFile(folder)) {
      assertThat(raw.rows("SELECT sealed FROM records").getFirst())
          .doesNotContain(Bytes.ofUtf8("secret").hex());
      raw.run(
          "UPDATE records SET sealed = (SELECT sealed FROM records WHERE key = 'b')"
              + " WHERE key = 'a'");
    }

    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> store.records().get("webhooks", "a"));
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> store.records().all("webhooks"));
    assertThat(store.records().get("webhooks", "b")).contains(Bytes.ofUtf8("secret b"));
  }

  private List<String> secrets() throws Exception {
    try (var raw = new RawFile(folder)) {
      return raw.secrets();
    }
  }
}
