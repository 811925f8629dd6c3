package wildcat.store.sqlite;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Commit;
import wildcat.client.store.Credentials;
import wildcat.client.store.DeviceList;
import wildcat.client.store.Footing;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.cache.RatchetCache;
import wildcat.client.store.seal.AccountSeal;
import wildcat.client.store.seal.Seal;
import wildcat.client.store.seal.SealKey;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.store.sqlite.KeyRows.PerDevice;

/// One account as its owner sees it.
///
/// Commits of one account come one after the other, under [#lock], so that what is cached and what seals
/// changes together with the rows. What is only handed over changes neither the seal nor whose ratchets are
/// whose; the cache follows when it is written, on the writer's thread. Reads take no lock; one that cannot be opened is repeated under it, in
/// case the data key was just replaced.
final class SqliteAccount implements AccountStore {

  /// What all accounts of a store share.
  record Shared(
      Writer writer,
      Readers readers,
      RatchetCache cache,
      Seal seal,
      SealKey master,
      InstantSource clock) {}

  /// What opening has found.
  ///
  /// @param dataKey sealed with the master key
  record Row(long id, long epoch, Bytes dataKey) {}

  /// @param wrapped sealed with the master key
  record DataKey(AccountSeal seal, Bytes wrapped) {}

  private final Shared shared;
  private final AccountId account;
  private final Row row;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable AccountSeal seal; // written under the lock
  private volatile RatchetCache.View view = new RatchetCache.View(); // written under the lock
  private volatile Footing footing = new Footing(); // written by the writer's thread

  SqliteAccount(Shared shared, AccountId account, Row row) {
    this.shared = shared;
    this.account = account;
    this.row = row;
    try {
      this.seal = unwrap();
    } catch (StoreFailed.Unreadable _) {
      this.seal = null; // every read of a secret says so; messages stay readable
    }
  }

  private AccountSeal unwrap() throws StoreFailed.Unreadable {
    SealKey key =
        shared
            .seal()
            .unwrap(shared.master(), AccountSeal.dataKeyRow(account), row.dataKey().toArray());
    return new AccountSeal(shared.seal(), account, key);
  }

  static DataKey newDataKey(Seal seal, SealKey master, AccountId account) {
    SealKey key = seal.newKey();
    byte[] wrapped = seal.wrap(master, AccountSeal.dataKeyRow(account), key);
    return new DataKey(new AccountSeal(seal, account, key), Bytes.wrap(wrapped));
  }

  DataKey newDataKey() {
    return newDataKey(shared.seal(), shared.master(), account);
  }

  AccountSeal seal() throws StoreFailed.Unreadable {
    AccountSeal current = seal;
    return current == null ? unwrap() : current;
  }

  long id() {
    return row.id();
  }

  long epoch() {
    return row.epoch();
  }

  @Override
  public AccountId account() {
    return account;
  }

  @Override
  public List<RecordedEvent> commit(UnitOfWork work) throws StoreFailed, InterruptedException {
    lock.lockInterruptibly();
    try {
      SealedUnit unit = SealedUnit.of(this, shared.clock().instant(), work);
      List<RecordedEvent> recorded =
          shared.writer().write(transaction -> unit.write(transaction, account));
      if (unit.newSeal().isPresent()) {
        seal = unit.newSeal().get();
      }
      if (unit.movesRatchets()) {
        view = new RatchetCache.View();
      } else {
        shared.cache().committed(view, unit.ratchets());
      }
      return recorded;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Footing footing() {
    return footing;
  }

  @Override
  public Commit submit(UnitOfWork work, Footing basis) throws StoreFailed, InterruptedException {
    lock.lockInterruptibly();
    try {
      SealedUnit unit = SealedUnit.of(this, shared.clock().instant(), work);
      if (unit.newSeal().isPresent() || unit.movesRatchets()) {
        throw new IllegalArgumentException("only light changes can be on their way");
      }
      var task =
          new Task<>(
              transaction -> {
                if (footing != basis) {
                  throw new StoreFailed.Unavailable("a unit before this one could not be written");
                }
                return unit.write(transaction, account);
              },
              new Arrival(view, unit));
      shared.writer().add(task);
      return new OnItsWay(task);
    } finally {
      lock.unlock();
    }
  }

  /// What a unit that was only handed over does when it arrives, or does not.
  private final class Arrival implements Task.Effects {
    private final RatchetCache.View seen;
    private final SealedUnit unit;

    Arrival(RatchetCache.View seen, SealedUnit unit) {
      this.seen = seen;
      this.unit = unit;
    }

    @Override
    public void committed() {
      shared.cache().committed(seen, unit.ratchets());
    }

    @Override
    public void failed() {
      footing = new Footing();
    }
  }

  private record OnItsWay(Task<List<RecordedEvent>> task) implements Commit {
    @Override
    public List<RecordedEvent> await() throws StoreFailed {
      return task.awaitAnyway();
    }

    @Override
    public boolean isDone() {
      return task.isDone();
    }

    @Override
    public boolean isOnDisk() {
      return task.isCommitted();
    }
  }

  @Override
  public Optional<Credentials> credentials() throws StoreFailed {
    return open(db -> KeyRows.credentials(db, id()), AccountSeal::credentials);
  }

  @Override
  public Optional<RatchetRecord> ratchet(RatchetAddress address) throws StoreFailed {
    RatchetCache.View seen = view;
    Optional<RatchetRecord> cached = shared.cache().get(seen, address);
    if (cached.isPresent()) {
      return cached;
    }
    long commits = shared.cache().commits(seen);
    Optional<RatchetRecord> read =
        open(
            db -> PerDevice.RATCHETS.get(db, id(), address),
            (key, sealed) -> key.ratchet(address, sealed));
    read.ifPresent(record -> shared.cache().keepRead(seen, address, record, commits));
    return read;
  }

  @Override
  public Optional<PublicKey> identity(RatchetAddress address) throws StoreFailed {
    return open(
        db -> PerDevice.IDENTITIES.get(db, id(), address),
        (key, sealed) -> key.identity(address, sealed));
  }

  @Override
  public Optional<PreKey> preKey(int preKey) throws StoreFailed {
    return open(
        db -> KeyRows.preKey(db, id(), preKey), (key, sealed) -> key.preKey(preKey, sealed));
  }

  @Override
  public List<PreKey> preKeysToUpload(int limit) throws StoreFailed {
    return steadily(
        () -> shared.readers().read(db -> KeyRows.preKeysToUpload(db, id(), seal(), limit)));
  }

  @Override
  public PreKeyStock preKeyStock() throws StoreFailed {
    return shared.readers().read(db -> KeyRows.preKeyStock(db, id()));
  }

  @Override
  public Optional<Jid> lidOf(Jid pn) throws StoreFailed {
    return shared.readers().read(db -> LidRows.lidOf(db, id(), pn));
  }

  @Override
  public Optional<Jid> pnOf(Jid lid) throws StoreFailed {
    return shared.readers().read(db -> LidRows.pnOf(db, id(), lid));
  }

  @Override
  public Optional<DeviceList> devices(Jid user) throws StoreFailed {
    return shared.readers().read(db -> KeyRows.devices(db, id(), user));
  }

  @Override
  public Optional<ChatMessage> message(Jid chat, MessageId message) throws StoreFailed {
    return shared.readers().read(db -> MessageRows.message(db, id(), chat, message));
  }

  @Override
  public Optional<Receipt> receipt(Jid chat, MessageId message, Jid person) throws StoreFailed {
    return shared.readers().read(db -> ChatRows.receipt(db, id(), chat, message, person));
  }

  @Override
  public ChatSettings chatSettings(Jid chat) throws StoreFailed {
    return shared.readers().read(db -> ChatRows.settings(db, id(), chat));
  }

  @Override
  public Optional<Contact> contact(Jid person) throws StoreFailed {
    return shared.readers().read(db -> ChatRows.contact(db, id(), person));
  }

  @Override
  public List<ChatMessage> unread(Jid chat, int limit) throws StoreFailed {
    return shared.readers().read(db -> ChatRows.unread(db, id(), chat, limit));
  }

  @Override
  public boolean knowsCiphertext(Jid sender, MessageId message, Bytes sha256) throws StoreFailed {
    byte[] hash = MessageRows.ciphertextHash(sender, message, sha256);
    return shared.readers().read(db -> MessageRows.knows(db, id(), hash));
  }

  @Override
  public List<ChatMessage> unacknowledged(int limit) throws StoreFailed {
    return shared.readers().read(db -> MessageRows.unacknowledged(db, id(), limit));
  }

  private <T> Optional<T> open(Readers.Question<Optional<byte[]>> question, Opening<T> opening)
      throws StoreFailed {
    return steadily(() -> {
      Optional<byte[]> sealed = shared.readers().read(question);
      return sealed.isEmpty() ? Optional.empty() : Optional.of(opening.open(seal(), sealed.get()));
    });
  }

  private <T> T steadily(Reading<T> reading) throws StoreFailed {
    try {
      return reading.read();
    } catch (StoreFailed.Unreadable _) {
      lock.lock();
      try {
        return reading.read();
      } finally {
        lock.unlock();
      }
    }
  }

  private interface Opening<T> {
    T open(AccountSeal seal, byte[] sealed) throws StoreFailed;
  }

  private interface Reading<T> {
    T read() throws StoreFailed;
  }
}
