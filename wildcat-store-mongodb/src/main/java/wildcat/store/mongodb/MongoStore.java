package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bson.Document;
import org.bson.types.Binary;
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

/// A [Store] in a MongoDB database, or in anything that speaks its protocol: a replica set, a single server.
/// Thread-safe.
///
/// # What a commit promises
///
/// All changes of a unit or none, on a majority's disks when `commit` returns, without MongoDB's
/// transactions, which a single server does not have: units are committed by replacing **one** document, the
/// head, which is done or not ([Journal]). It holds the changes, which are made after it in a fixed order
/// ([Batch]): keys and messages, then events, then what is owed of them. A process that dies between any two
/// of these writes has committed the unit; whoever opens the store next makes the rest. Every change replaces
/// or removes a whole document and carries the number of its batch, so making it twice, or late, changes
/// nothing.
///
/// # Who may write
///
/// Several processes may have one database open, each account in one of them. A head replaces the one before
/// it, by number. So a process that was frozen, or cut off, and goes on with a number of the past changes
/// nothing: it finds the higher epoch of the new owner and fails with [StoreFailed.StaleOwner].
///
/// # What is not promised
///
/// Somebody who reads the collections directly may see a unit half made for a moment. When the network fails
/// in the middle of a call, a unit that has failed with [StoreFailed.Unavailable] may be there all the same,
/// as after a failed fsync of a local store; the account finds out before it reads anything.
public final class MongoStore implements Store {
  private static final String CHECK_ID = "master_check";
  private static final RowName CHECK_ROW = RowName.of("", "meta", CHECK_ID);
  private static final byte[] CHECK = "wildcat store".getBytes(StandardCharsets.US_ASCII);

  private final Database database;
  private final Writer writer;
  private final MongoAccount.Shared shared;
  private final Erasure erasure;
  private final MongoMessages messages;
  private final MongoChats chats;
  private final MongoOutbox outbox;
  private final MongoRecords records;
  private final Pruning pruning;

  private MongoStore(MongoAccount.Shared shared) {
    this.shared = shared;
    this.database = shared.database();
    this.writer = shared.writer();
    this.erasure = new Erasure(database, writer);
    this.messages = new MongoMessages(database);
    this.chats = new MongoChats(database, messages);
    this.outbox = new MongoOutbox(database, writer, erasure, shared.clock());
    this.records = new MongoRecords(database, writer, shared.seal(), shared.master());
    this.pruning = new Pruning(database, writer, erasure);
  }

  /// Opens the store, or makes one. Makes the indexes that are missing.
  ///
  /// @param random a `SecureRandom` outside of tests
  /// @throws StoreFailed.Unavailable no server that can be written to was found in time
  /// @throws StoreFailed.Unreadable the master key is missing or another one; nothing was changed
  public static MongoStore open(
      MongoSettings settings, EventRecorder recorder, InstantSource clock, RandomGenerator random)
      throws StoreFailed {
    return open(Driver.of(settings), settings, recorder, clock, random);
  }

  /// The same over a connection that the store closes.
  static MongoStore open(
      Database database,
      MongoSettings settings,
      EventRecorder recorder,
      InstantSource clock,
      RandomGenerator random)
      throws StoreFailed {
    boolean opened = false;
    try {
      var seal = new Seal(random);
      SealKey master = masterKey(database, settings, seal);
      Indexes.make(database);
      var writer = new Writer(database, recorder);
      writer.start();
      opened = true;
      return new MongoStore(
          new MongoAccount.Shared(
              database, writer, new RatchetCache(settings.cachedRatchets()), seal, master, clock));
    } catch (IOException e) {
      throw new StoreFailed.Unavailable(
          "the data folder "
              + settings.folder().toAbsolutePath()
              + " cannot be used: "
              + e.getMessage(),
          e);
    } finally {
      if (!opened) {
        database.close();
      }
    }
  }

  private static SealKey masterKey(Database database, MongoSettings settings, Seal seal)
      throws IOException, StoreFailed {
    Optional<Document> check = database.first(Names.META, eq("_id", CHECK_ID));
    SealKey master = masterKey(settings, check.isPresent(), seal);
    if (check.isEmpty()) {
      var sealed = new Binary(seal.seal(master, CHECK_ROW, CHECK));
      database.write(
          1,
          List.of(new Op.Put(Names.META, new Document("_id", CHECK_ID).append("sealed", sealed))));
      check =
          database.first(Names.META, eq("_id", CHECK_ID)); // another process may have been faster
    }
    try {
      seal.open(master, CHECK_ROW, PlannedUnit.sealed(check.orElseThrow()));
    } catch (StoreFailed.Unreadable e) {
      throw new StoreFailed.Unreadable(
          "the master key in "
              + settings.folder().toAbsolutePath()
              + " is not the one the database "
              + settings.database()
              + " was sealed with: nothing was changed; start with the right key",
          e);
    }
    return master;
  }

  private static SealKey masterKey(MongoSettings settings, boolean sealedAlready, Seal seal)
      throws IOException, StoreFailed {
    if (settings.masterKey().isPresent()) {
      return new SealKey(settings.masterKey().get());
    }
    Path folder = settings.folder();
    Folders.create(folder);
    if (!MasterKey.exists(folder) && !sealedAlready) {
      Secret key = seal.newSecret();
      MasterKey.write(folder, key);
    }
    return MasterKey.read(folder);
  }

  @Override
  public AccountStore open(AccountId account) throws StoreFailed, InterruptedException {
    MongoAccount.DataKey fresh = MongoAccount.newDataKey(shared.seal(), shared.master(), account);
    Owner owner = writer.write(batch -> take(batch, account, fresh.wrapped()));
    while (owner.erasing()) {
      erasure.finish(account);
      owner = writer.write(batch -> take(batch, account, fresh.wrapped()));
    }
    return new MongoAccount(shared, account, owner);
  }

  /// @return what is there when that is being erased
  private static Owner take(Batch batch, AccountId account, Bytes freshKey) throws StoreFailed {
    Optional<Document> stored = batch.get(Names.OWNERS, account.value());
    Owner before =
        stored.isEmpty() ? new Owner(0, Optional.empty(), 1, false) : Owner.of(stored.get());
    if (before.erasing()) {
      return before;
    }
    var owner =
        new Owner(
            batch.nextEpoch(),
            Optional.of(before.dataKey().orElse(freshKey)),
            before.nextPreKey(),
            false);
    batch.put(Names.OWNERS, owner.document(account));
    return owner;
  }

  @Override
  public void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException {
    erasure.delete(account, purge);
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
    if (limit == 0) {
      return List.of();
    }
    var events = new ArrayList<RecordedEvent>();
    for (Document document :
        database.find(
            new Database.Query(
                Names.EVENTS, gt("_id", sequence), new Document("_id", 1), limit, 0))) {
      events.add(EventDocuments.event(document));
    }
    return events;
  }

  @Override
  public void prune(Instant now, Retention retention) throws StoreFailed, InterruptedException {
    pruning.prune(now, retention);
  }

  /// Writes what waits, then closes the connections. What is asked of the store afterwards fails.
  @Override
  public void close() {
    writer.close();
    database.close();
  }
}
