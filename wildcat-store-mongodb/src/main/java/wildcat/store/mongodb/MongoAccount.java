package wildcat.store.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.event.Receipt;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Credentials;
import wildcat.client.store.DeviceList;
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
import wildcat.store.mongodb.AuthIds.PerDevice;

/// One account as its owner sees it.
///
/// Commits of one account come one after the other, under [#lock]. When one has failed so that nobody knows
/// whether it was done, whatever is read next waits until that is known: a ratchet that was moved on must
/// not be read as it was before, or one key would encrypt two messages.
final class MongoAccount implements AccountStore {

  /// What all accounts of a store share.
  record Shared(
      Database database,
      Writer writer,
      RatchetCache cache,
      Seal seal,
      SealKey master,
      InstantSource clock) {}

  /// @param wrapped sealed with the master key
  record DataKey(AccountSeal seal, Bytes wrapped) {}

  private final Shared shared;
  private final AccountId account;
  private final String auth;
  private final ReentrantLock lock = new ReentrantLock();

  // written under the lock
  private volatile Owner row;
  private volatile @Nullable AccountSeal seal;
  private volatile RatchetCache.View view = new RatchetCache.View();
  private volatile boolean doubtful;

  MongoAccount(Shared shared, AccountId account, Owner row) {
    this.shared = shared;
    this.account = account;
    this.auth = Names.auth(account);
    this.row = row;
    this.seal = unwrapped(row);
  }

  /// Null when it cannot be opened: every read of a secret says so; messages stay readable.
  private @Nullable AccountSeal unwrapped(Owner of) {
    try {
      return unwrap(of);
    } catch (StoreFailed.Unreadable _) {
      return null;
    }
  }

  private AccountSeal unwrap(Owner of) throws StoreFailed.Unreadable {
    Bytes wrapped =
        of.dataKey()
            .orElseThrow(() -> new StoreFailed.Unreadable("account " + account + " was deleted"));
    SealKey key =
        shared.seal().unwrap(shared.master(), AccountSeal.dataKeyRow(account), wrapped.toArray());
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
    return current == null ? unwrap(row) : current;
  }

  Owner row() {
    return row;
  }

  boolean hasCached(RatchetAddress address) {
    return shared.cache().get(view, address).isPresent();
  }

  /// @throws StoreFailed.StaleOwner the account was opened elsewhere or deleted
  void requireOwnership(Batch batch) throws StoreFailed {
    Optional<Document> stored = batch.get(Names.OWNERS, account.value());
    if (stored.isEmpty() || Owner.of(stored.get()).epoch() != row.epoch()) {
      throw new StoreFailed.StaleOwner("account " + account + " was opened elsewhere or deleted");
    }
  }

  @Override
  public AccountId account() {
    return account;
  }

  @Override
  public List<RecordedEvent> commit(UnitOfWork work) throws StoreFailed, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (doubtful) {
        settle();
      }
      var unit = PlannedUnit.of(this, shared.database(), shared.clock().instant(), work);
      List<RecordedEvent> recorded = write(unit);
      row = unit.row();
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

  @GuardedBy("lock")
  private List<RecordedEvent> write(PlannedUnit unit) throws StoreFailed, InterruptedException {
    try {
      return shared.writer().write(unit::write);
    } catch (StoreFailed.Unavailable e) {
      doubtful = true;
      view = new RatchetCache.View();
      throw e;
    }
  }

  /// Finds out what became of a commit that failed. The batch that is written for it makes sure that
  /// nothing of what was sent before can still arrive.
  @GuardedBy("lock")
  private void settle() throws StoreFailed, InterruptedException {
    Optional<Document> stored =
        shared
            .writer()
            .write(batch -> {
              batch.touch();
              return batch.get(Names.OWNERS, account.value());
            });
    if (stored.isPresent() && Owner.of(stored.get()).epoch() == row.epoch()) {
      row = Owner.of(stored.get());
      seal = unwrapped(row);
    }
    doubtful = false;
  }

  /// Called before anything is read.
  private void requireCertainty() throws StoreFailed {
    if (!doubtful) {
      return;
    }
    lock.lock();
    try {
      if (doubtful) {
        settle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed.Unavailable("interrupted while a commit was being looked into", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Credentials> credentials() throws StoreFailed {
    return open(AuthIds.CREDENTIALS, AccountSeal::credentials);
  }

  @Override
  public Optional<RatchetRecord> ratchet(RatchetAddress address) throws StoreFailed {
    requireCertainty();
    RatchetCache.View seen = view;
    Optional<RatchetRecord> cached = shared.cache().get(seen, address);
    if (cached.isPresent()) {
      return cached;
    }
    long commits = shared.cache().commits(seen);
    Optional<RatchetRecord> read =
        open(PerDevice.RATCHETS.id(address), (key, sealed) -> key.ratchet(address, sealed));
    read.ifPresent(record -> shared.cache().keepRead(seen, address, record, commits));
    return read;
  }

  @Override
  public Optional<PublicKey> identity(RatchetAddress address) throws StoreFailed {
    return open(PerDevice.IDENTITIES.id(address), (key, sealed) -> key.identity(address, sealed));
  }

  @Override
  public Optional<PreKey> preKey(int id) throws StoreFailed {
    return open(AuthIds.preKey(id), (key, sealed) -> key.preKey(id, sealed));
  }

  @Override
  public List<PreKey> preKeysToUpload(int limit) throws StoreFailed {
    requireCertainty();
    return steadily(() -> {
      var keys = new ArrayList<PreKey>();
      for (Document document :
          find(and(AuthIds.range(AuthIds.preKeys()), eq("uploaded", false)), limit)) {
        int id = AuthIds.preKey(document.getString("_id"));
        keys.add(seal().preKey(id, PlannedUnit.sealed(document)));
      }
      return keys;
    });
  }

  @Override
  public PreKeyStock preKeyStock() throws StoreFailed {
    requireCertainty();
    long uploaded =
        shared.database().count(auth, and(AuthIds.range(AuthIds.preKeys()), eq("uploaded", true)));
    return new PreKeyStock(row.nextPreKey(), (int) uploaded);
  }

  @Override
  public Optional<Jid> lidOf(Jid pn) throws StoreFailed {
    Optional<Document> found = first(AuthIds.lidOf(pn));
    return found.isEmpty() ? Optional.empty() : Optional.of(new Stored(found.get()).jid("lid"));
  }

  @Override
  public Optional<Jid> pnOf(Jid lid) throws StoreFailed {
    Optional<Document> found = first(AuthIds.pnOf(lid));
    return found.isEmpty() ? Optional.empty() : Optional.of(new Stored(found.get()).jid("pn"));
  }

  @Override
  public Optional<DeviceList> devices(Jid user) throws StoreFailed {
    Optional<Document> found = first(AuthIds.devices(user));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(DeviceDocuments.list(user, found.get()));
  }

  @Override
  public Optional<ChatMessage> message(Jid chat, MessageId id) throws StoreFailed {
    requireCertainty();
    List<Document> found =
        shared
            .database()
            .find(
                MongoMessages.newest(
                    and(
                        eq("accountId", account.value()),
                        eq("messageId", id.value()),
                        eq("chatId", chat.toString()))));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(MessageDocuments.message(found.getFirst()));
  }

  @Override
  public Optional<Receipt> receipt(Jid chat, MessageId id, Jid person) throws StoreFailed {
    requireCertainty();
    String name = ChatDocuments.receiptsOf(account, chat, id) + person;
    Optional<Document> found = shared.database().first(Names.RECEIPTS, eq("_id", name));
    return found.isEmpty() ? Optional.empty() : Optional.of(ChatDocuments.receipt(found.get()));
  }

  @Override
  public ChatSettings chatSettings(Jid chat) throws StoreFailed {
    return ChatDocuments.stand(first(AuthIds.chat(chat))).settings();
  }

  @Override
  public Optional<Contact> contact(Jid person) throws StoreFailed {
    Optional<Document> found = first(AuthIds.contact(person));
    return found.isEmpty() ? Optional.empty() : Optional.of(ChatDocuments.contact(found.get()));
  }

  @Override
  public List<ChatMessage> unread(Jid chat, int limit) throws StoreFailed {
    ChatDocuments.Stand stand = ChatDocuments.stand(first(AuthIds.chat(chat)));
    var messages = new ArrayList<ChatMessage>();
    if (limit > 0) {
      for (Document document :
          shared
              .database()
              .find(
                  new Database.Query(
                      Names.MESSAGES,
                      MongoChats.unread(account, chat, stand),
                      new Document("time", -1).append("row", -1),
                      limit,
                      0))) {
        messages.add(MessageDocuments.message(document));
      }
    }
    return messages;
  }

  @Override
  public boolean knowsCiphertext(Jid sender, MessageId message, Bytes sha256) throws StoreFailed {
    requireCertainty();
    String id = MessageDocuments.ciphertextId(account, sender, message, sha256);
    return shared.database().first(Names.CIPHERTEXTS, eq("_id", id)).isPresent();
  }

  @Override
  public List<ChatMessage> unacknowledged(int limit) throws StoreFailed {
    requireCertainty();
    if (limit == 0) {
      return List.of();
    }
    var messages = new ArrayList<ChatMessage>();
    for (Document document :
        shared
            .database()
            .find(
                new Database.Query(
                    Names.MESSAGES,
                    and(
                        eq("accountId", account.value()),
                        eq("status", MessageStatus.PENDING.wireName()),
                        eq("fromMe", true),
                        gt("row", 0L)),
                    new Document("row", 1),
                    limit,
                    0))) {
      messages.add(MessageDocuments.message(document));
    }
    return messages;
  }

  private List<Document> find(Bson filter, int limit) throws StoreFailed {
    return limit == 0
        ? List.of()
        : shared
            .database()
            .find(new Database.Query(auth, filter, new Document("_id", 1), limit, 0));
  }

  private Optional<Document> first(String id) throws StoreFailed {
    requireCertainty();
    return shared.database().first(auth, eq("_id", id)).flatMap(PlannedUnit::alive);
  }

  private <T> Optional<T> open(String id, Opening<T> opening) throws StoreFailed {
    requireCertainty();
    return steadily(() -> {
      Optional<Document> found = first(id);
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(opening.open(seal(), PlannedUnit.sealed(found.get())));
    });
  }

  /// Repeats what cannot be opened under the lock, in case the data key was just replaced.
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
