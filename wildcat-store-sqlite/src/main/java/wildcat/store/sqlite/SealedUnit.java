package wildcat.store.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.seal.AccountSeal;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.store.sqlite.KeyRows.PerDevice;

/// A unit of work made ready on its caller's thread: everything is encoded and sealed, so that the writer,
/// which all accounts share, only writes.
final class SealedUnit {
  private final SqliteAccount owner;
  private final long id;
  private final Instant now;
  private final List<Transaction.Step> steps = new ArrayList<>();
  private final List<Change.RecordEvent> events = new ArrayList<>();
  private final Map<RatchetAddress, Optional<RatchetRecord>> ratchets = new HashMap<>();
  private @Nullable AccountSeal newSeal;
  private boolean movesRatchets;

  private SealedUnit(SqliteAccount owner, Instant now) {
    this.owner = owner;
    this.id = owner.id();
    this.now = now;
  }

  /// @throws StoreFailed.Unreadable something it would replace or remove cannot be read
  static SealedUnit of(SqliteAccount owner, Instant now, UnitOfWork work) throws StoreFailed {
    var unit = new SealedUnit(owner, now);
    for (Change change : work.changes()) {
      unit.add(change);
    }
    return unit;
  }

  /// The ratchets that are different after the commit; an empty one was removed.
  Map<RatchetAddress, Optional<RatchetRecord>> ratchets() {
    return ratchets;
  }

  /// Whether it changes ratchets that [#ratchets] does not name.
  boolean movesRatchets() {
    return movesRatchets;
  }

  /// What opens the account's rows after the commit, if that changes.
  Optional<AccountSeal> newSeal() {
    return Optional.ofNullable(newSeal);
  }

  /// Writes it. Runs on the writer's thread.
  List<RecordedEvent> write(Transaction transaction, AccountId account)
      throws SQLException, StoreFailed {
    long epoch = transaction.db().sql("SELECT epoch FROM accounts WHERE id = ?").with(id).number();
    if (epoch != owner.epoch()) {
      throw new StoreFailed.StaleOwner("account " + account + " was opened elsewhere or deleted");
    }
    for (Transaction.Step step : steps) {
      step.run(transaction);
    }
    var recorded = new ArrayList<RecordedEvent>(events.size());
    for (Change.RecordEvent event : events) {
      recorded.add(EventRows.record(transaction, id, account, event));
    }
    return List.copyOf(recorded);
  }

  private void add(Change change) throws StoreFailed {
    switch (change) {
      case Change.CreateCredentials(var credentials) -> createCredentials(credentials);
      case Change.UpdateCredentials(var credentials) -> updateCredentials(credentials);
      case Change.PutRatchet(var address, var record) -> putRatchet(address, record);
      case Change.RemoveRatchet(var address) -> removeRatchet(address);
      case Change.PutIdentity(var address, var key) -> putIdentity(address, key);
      case Change.RemoveIdentity(var address) -> removeIdentity(address);
      case Change.RemoveKeysOf(var user) -> removeKeysOf(user);
      case Change.AddPreKeys(var keys) -> addPreKeys(keys);
      case Change.MarkPreKeysUploaded(var ids) ->
          ids.forEach(key -> step(db -> KeyRows.markPreKeyUploaded(db, id, key)));
      case Change.RemovePreKey(int key) -> step(db -> KeyRows.removePreKey(db, id, key));
      case Change.MapLid(var pn, var lid) -> mapLid(pn, lid);
      case Change.PutDevices(var list) -> step(db -> KeyRows.putDevices(db, id, list));
      case Change.RemoveDevices(var user) -> step(db -> KeyRows.removeDevices(db, id, user));
      case Change.AddMessage(var message) ->
          steps.add(transaction -> MessageRows.add(transaction, id, message, now));
      case Change.AdvanceMessage advance -> step(db -> MessageRows.advance(db, id, advance, now));
      case Change.ReviseMessage(var message) ->
          step(db -> MessageRows.revise(db, id, message, now));
      case Change.OfChats ofChats -> step(db -> ChatRows.apply(db, id, ofChats));
      case Change.RememberCiphertext(var sender, var message, var sha256) ->
          remember(MessageRows.ciphertextHash(sender, message, sha256));
      case Change.RecordEvent event -> events.add(event);
      case Change.QuarantineKeys(var at) -> quarantine(at);
    }
  }

  private void createCredentials(Credentials credentials) throws StoreFailed {
    byte[] sealed = seal().sealed(credentials);
    step(db -> KeyRows.createCredentials(db, id, sealed));
  }

  private void updateCredentials(Credentials credentials) throws StoreFailed {
    if (newSeal == null) {
      owner.credentials();
    }
    byte[] sealed = seal().sealed(credentials);
    step(db -> KeyRows.updateCredentials(db, id, sealed));
  }

  private void putRatchet(RatchetAddress address, RatchetRecord record) throws StoreFailed {
    requireReadableRatchet(address);
    byte[] sealed = seal().sealed(address, record);
    ratchets.put(address, Optional.of(record));
    step(db -> PerDevice.RATCHETS.put(db, id, address, sealed));
  }

  private void removeRatchet(RatchetAddress address) throws StoreFailed {
    requireReadableRatchet(address);
    ratchets.put(address, Optional.empty());
    step(db -> PerDevice.RATCHETS.remove(db, id, address));
  }

  private void putIdentity(RatchetAddress address, PublicKey key) throws StoreFailed {
    requireReadableIdentity(address);
    byte[] sealed = seal().sealed(address, key);
    step(db -> PerDevice.IDENTITIES.put(db, id, address, sealed));
  }

  private void removeIdentity(RatchetAddress address) throws StoreFailed {
    requireReadableIdentity(address);
    step(db -> PerDevice.IDENTITIES.remove(db, id, address));
  }

  private void requireReadableRatchet(RatchetAddress address) throws StoreFailed {
    if (newSeal == null) {
      owner.ratchet(address);
    }
  }

  private void requireReadableIdentity(RatchetAddress address) throws StoreFailed {
    if (newSeal == null) {
      owner.identity(address);
    }
  }

  private void removeKeysOf(Jid user) throws StoreFailed {
    AccountSeal opening = seal();
    movesRatchets = true;
    step(db -> LidRows.removeKeys(db, id, opening, user));
  }

  private void mapLid(Jid pn, Jid lid) throws StoreFailed {
    AccountSeal opening = seal();
    movesRatchets = true;
    step(db -> LidRows.map(db, id, opening, pn, lid));
  }

  private void addPreKeys(List<PreKey> keys) throws StoreFailed {
    for (PreKey key : keys) {
      byte[] sealed = seal().sealed(key);
      step(db -> KeyRows.addPreKey(db, id, key.id(), sealed));
    }
    if (!keys.isEmpty()) {
      int last = keys.getLast().id();
      step(db -> KeyRows.preKeysAddedUpTo(db, id, last));
    }
  }

  private void remember(byte[] hash) {
    step(db -> MessageRows.remember(db, id, hash, now));
  }

  /// What follows in the unit is sealed with the new data key, and nothing is there that it could replace.
  private void quarantine(Instant at) {
    SqliteAccount.DataKey next = owner.newDataKey();
    newSeal = next.seal();
    movesRatchets = true;
    step(db -> KeyRows.quarantine(db, id, at, next.wrapped().toArray()));
  }

  private AccountSeal seal() throws StoreFailed {
    return newSeal == null ? owner.seal() : newSeal;
  }

  private void step(Write write) {
    steps.add(transaction -> write.to(transaction.db()));
  }

  private interface Write {
    void to(Db db) throws SQLException, StoreFailed;
  }
}
