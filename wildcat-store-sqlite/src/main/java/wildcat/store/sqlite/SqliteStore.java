package wildcat.store.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.MessageArchive;
import wildcat.client.store.Outbox;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Records;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.cache.RatchetCache;
import wildcat.client.store.seal.Folders;
import wildcat.client.store.seal.MasterKey;
import wildcat.client.store.seal.RowName;
import wildcat.client.store.seal.Seal;
import wildcat.client.store.seal.SealKey;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;

/// A [Store] in one folder: `wildcat.db` (SQLite), `master.key` unless the caller has the key, and
/// `wildcat.lock`, which keeps a second process out. Thread-safe.
///
/// Callers seal what they write on their own threads; the [Writer] puts the units of all accounts into few
/// transactions. Reads go to the [Readers] and see every commit that has returned.
public final class SqliteStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
  private static final String FILE = "wildcat.db";
  private static final RowName CHECK_ROW = RowName.of("", "meta", "master_check");
  private static final byte[] CHECK = "wildcat store".getBytes(StandardCharsets.US_ASCII);

  private final FolderLock folder;
  private final Writer writer;
  private final Readers readers;
  private final SqliteAccount.Shared shared;
  private final SqliteMessages messages;
  private final SqliteChats chats;
  private final SqliteOutbox outbox;
  private final SqliteRecords records;
  private final Deletion deletion;
  private final Pruning pruning;

  private SqliteStore(FolderLock folder, SqliteAccount.Shared shared) {
    this.folder = folder;
    this.shared = shared;
    this.writer = shared.writer();
    this.readers = shared.readers();
    this.messages = new SqliteMessages(readers);
    this.chats = new SqliteChats(readers);
    this.outbox = new SqliteOutbox(writer, readers, shared.clock());
    this.records = new SqliteRecords(writer, readers, shared.seal(), shared.master());
    this.deletion = new Deletion(writer, outbox);
    this.pruning = new Pruning(writer, deletion);
  }

  /// Opens the store of a folder, or makes one.
  ///
  /// @param random a `SecureRandom` outside of tests
  /// @throws StoreFailed.Unavailable another process has the folder, or it cannot be written
  /// @throws StoreFailed.Unreadable the master key is missing or another one, or a newer program made the
  ///     store; nothing was changed
  public static SqliteStore open(
      SqliteSettings settings, EventRecorder recorder, InstantSource clock, RandomGenerator random)
      throws StoreFailed {
    Path folder = settings.folder();
    try {
      Folders.create(folder);
      FolderLock lock = FolderLock.take(folder);
      @Nullable SqliteStore store = null;
      try {
        store = open(lock, settings, recorder, clock, new Seal(random));
        return store;
      } finally {
        if (store == null) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new StoreFailed.Unavailable(
          "the data folder " + folder.toAbsolutePath() + " cannot be used: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  private static SqliteStore open(
      FolderLock lock,
      SqliteSettings settings,
      EventRecorder recorder,
      InstantSource clock,
      Seal seal)
      throws IOException, SQLException, StoreFailed {
    Path file = settings.folder().resolve(FILE);
    SealKey master = masterKey(settings, file, seal);
    if (!Files.exists(file)) {
      Folders.createFile(file);
      Folders.sync(settings.folder());
    }
    Db db = Db.writer(file);
    boolean opened = false;
    try {
      Schema.bringUpToDate(db, file, clock.instant());
      checkMasterKey(db, settings.folder(), seal, master);
      var transaction = new Transaction(db, recorder);
      var readers = new Readers(file, settings.readers());
      var writer = new Writer(db, transaction);
      writer.start();
      opened = true;
      return new SqliteStore(
          lock,
          new SqliteAccount.Shared(
              writer, readers, new RatchetCache(settings.cachedRatchets()), seal, master, clock));
    } finally {
      if (!opened) {
        db.close();
      }
    }
  }

  private static SealKey masterKey(SqliteSettings settings, Path file, Seal seal)
      throws IOException, StoreFailed {
    if (settings.masterKey().isPresent()) {
      return new SealKey(settings.masterKey().get());
    }
    if (!MasterKey.exists(settings.folder()) && !Files.exists(file)) {
      Secret key = seal.newSecret();
      MasterKey.write(settings.folder(), key);
    }
    return MasterKey.read(settings.folder());
  }

  private static void checkMasterKey(Db db, Path folder, Seal seal, SealKey master)
      throws SQLException, StoreFailed {
    Optional<byte[]> check =
        db.sql("SELECT value FROM meta WHERE name = 'master_check'").first(row -> row.getBytes(1));
    if (check.isEmpty()) {
      db.sql("INSERT INTO meta(name, value) VALUES ('master_check', ?)")
          .with(seal.seal(master, CHECK_ROW, CHECK))
          .update();
      return;
    }
    try {
      seal.open(master, CHECK_ROW, check.get());
    } catch (StoreFailed.Unreadable e) {
      throw new StoreFailed.Unreadable(
          "the master key is not the one the store in "
              + folder.toAbsolutePath()
              + " was sealed with: nothing was changed; start with the right key",
          e);
    }
  }

  Writer writer() {
    return writer;
  }

  Readers readers() {
    return readers;
  }

  @Override
  public AccountStore open(AccountId account) throws StoreFailed, InterruptedException {
    SqliteAccount.DataKey fresh = SqliteAccount.newDataKey(shared.seal(), shared.master(), account);
    SqliteAccount.Row row =
        writer.write(transaction -> take(transaction, account, fresh.wrapped()));
    return new SqliteAccount(shared, account, row);
  }

  private static SqliteAccount.Row take(Transaction transaction, AccountId account, Bytes freshKey)
      throws SQLException, StoreFailed {
    Db db = transaction.db();
    long epoch = transaction.next(Transaction.Counter.EPOCH);
    db.sql(
            """
            INSERT INTO accounts(name, epoch, data_key, next_pre_key) VALUES (?, ?, ?, 1)
            ON CONFLICT(name) DO UPDATE
              SET epoch = excluded.epoch, data_key = coalesce(data_key, excluded.data_key)
            """)
        .with(account.value())
        .with(epoch)
        .with(freshKey)
        .update();
    return db.sql("SELECT id, data_key FROM accounts WHERE name = ?")
        .with(account.value())
        .first(row -> new SqliteAccount.Row(row.getLong(1), epoch, Bytes.wrap(row.getBytes(2))))
        .orElseThrow();
  }

  @Override
  public void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException {
    deletion.delete(account, purge);
  }

  @Override
  public MessageArchive messages() {
    return messages;
  }

  @Override
  public ChatArchive chats() {
    return chats;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Records records() {
    return records;
  }

  @Override
  public List<RecordedEvent> eventsAfter(long sequence, int limit) throws StoreFailed {
    return readers.read(db -> EventRows.after(db, sequence, limit));
  }

  @Override
  public void prune(Instant now, Retention retention) throws StoreFailed, InterruptedException {
    pruning.prune(now, retention);
  }

  /// Writes what waits, then closes the file. What is asked of the store afterwards fails.
  @Override
  public void close() {
    try {
      readers.close();
      writer.close();
      folder.close();
    } catch (SQLException | IOException e) {
      LOG.warn("the store was not closed cleanly; it will recover when it is opened", e);
    }
  }
}
