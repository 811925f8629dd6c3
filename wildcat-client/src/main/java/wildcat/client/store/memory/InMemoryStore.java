package wildcat.client.store.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Records;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.memory.Faults.Table;
import wildcat.protocol.jid.Jid;

/// A [Store] in memory. Everything is gone when the process ends.
///
/// One lock guards all tables; a unit is applied under it and taken back when a change fails. The second
/// lock keeps the calls of [EventRecorder#committed] in order: it is taken before the first is given up,
/// so readers and other units go on while events are published.
public final class InMemoryStore implements Store {
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock publishing = new ReentrantLock();
  private final EventRecorder recorder;
  private final InstantSource clock;
  private final Faults faults;
  private final MemoryMessages messages = new MemoryMessages(lock, this::shown);
  private final MemoryChats chats = new MemoryChats(lock, messages, this::tables);
  private final MemoryOutbox outbox;
  private final MemoryRecords records = new MemoryRecords(lock);

  @GuardedBy("lock")
  private final Map<AccountId, AccountTables> accounts = new HashMap<>();

  @GuardedBy("lock")
  private final TreeMap<Long, RecordedEvent> events = new TreeMap<>();

  @GuardedBy("lock")
  private long lastSequence;

  @GuardedBy("lock")
  private long lastEpoch;

  public InMemoryStore(EventRecorder recorder, InstantSource clock) {
    this(recorder, clock, Faults.NONE);
  }

  public InMemoryStore(EventRecorder recorder, InstantSource clock, Faults faults) {
    this.recorder = recorder;
    this.clock = clock;
    this.faults = faults;
    this.outbox = new MemoryOutbox(lock, clock);
  }

  @Override
  public AccountStore open(AccountId account) throws StoreFailed, InterruptedException {
    lock.lockInterruptibly();
    try {
      AccountTables tables = accounts.computeIfAbsent(account, _ -> new AccountTables());
      tables.epoch = ++lastEpoch;
      return new MemoryAccount(this, account, tables.epoch);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException {
    lock.lockInterruptibly();
    try {
      accounts.remove(account);
      if (purge) {
        messages.purge(account);
        outbox.purge(account);
        events.values().removeIf(event -> event.account().equals(account));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public MemoryMessages messages() {
    return messages;
  }

  @Override
  public MemoryChats chats() {
    return chats;
  }

  @Override
  public MemoryOutbox outbox() {
    return outbox;
  }

  @Override
  public Records records() {
    return records;
  }

  @Override
  public List<RecordedEvent> eventsAfter(long sequence, int limit) {
    lock.lock();
    try {
      return events.tailMap(sequence, false).values().stream().limit(limit).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void prune(Instant now, Retention retention) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant oldMessages = now.minus(retention.messages());
      Instant oldEvents = now.minus(retention.events());
      Instant oldKeys = now.minus(retention.quarantine());
      messages.prune(oldMessages);
      outbox.pruneDead(oldEvents);
      var needed = outbox.neededEvents();
      events
          .values()
          .removeIf(event -> event.at().isBefore(oldEvents) && !needed.contains(event.eventId()));
      for (AccountTables tables : accounts.values()) {
        tables.quarantine.removeIf(keys -> keys.at().isBefore(oldKeys));
        tables.ciphertexts.values().removeIf(at -> at.isBefore(oldMessages));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Nothing is kept and nothing is held: the store can still be used.
  @Override
  public void close() {}

  @SuppressWarnings("GuardedBy") // called under the lock
  private AccountTables tables(AccountId account) {
    return accounts.getOrDefault(account, new AccountTables());
  }

  private Jid shown(AccountId account, Jid person) {
    return tables(account).pnByLid.getOrDefault(person, person);
  }

  <T> T read(AccountId account, Table table, Function<AccountTables, T> question)
      throws StoreFailed {
    faults.onRead(account, table);
    lock.lock();
    try {
      return question.apply(accounts.getOrDefault(account, new AccountTables()));
    } finally {
      lock.unlock();
    }
  }

  List<RecordedEvent> commit(AccountId account, long epoch, UnitOfWork work)
      throws StoreFailed, InterruptedException {
    faults.onCommit(account, work);
    List<RecordedEvent> recorded;
    lock.lockInterruptibly();
    try {
      AccountTables tables = accounts.get(account);
      if (tables == null || tables.epoch != epoch) {
        throw new StoreFailed.StaleOwner("account " + account + " was opened elsewhere or deleted");
      }
      recorded = apply(account, tables, work);
      publishing.lock();
    } finally {
      lock.unlock();
    }
    try {
      if (!recorded.isEmpty()) {
        recorder.committed(recorded);
      }
    } finally {
      publishing.unlock();
    }
    return recorded;
  }

  @GuardedBy("lock")
  private List<RecordedEvent> apply(AccountId account, AccountTables tables, UnitOfWork work)
      throws StoreFailed {
    var unit = new Unit(account, tables, messages, faults, clock.instant());
    boolean applied = false;
    try {
      for (Change change : work.changes()) {
        unit.apply(change);
      }
      List<RecordedEvent> recorded = record(account, unit.events());
      applied = true;
      return recorded;
    } finally {
      if (!applied) {
        unit.undo();
      }
    }
  }

  @GuardedBy("lock")
  private List<RecordedEvent> record(AccountId account, List<Change.RecordEvent> changes) {
    var entries = new ArrayList<EventRecorder.Entry>();
    var recorded = new ArrayList<RecordedEvent>();
    for (Change.RecordEvent change : changes) {
      long sequence = lastSequence + recorded.size() + 1;
      var entry = recorder.entry(account, sequence, change.at(), change.event());
      entries.add(entry);
      recorded.add(
          new RecordedEvent(
              account,
              sequence,
              entry.eventId(),
              entry.type(),
              entry.lane(),
              change.at(),
              entry.body()));
    }
    lastSequence += recorded.size();
    for (int i = 0; i < recorded.size(); i++) {
      RecordedEvent event = recorded.get(i);
      events.put(event.sequence(), event);
      entries.get(i).destinations().forEach(destination -> outbox.add(event, destination));
    }
    return List.copyOf(recorded);
  }
}
