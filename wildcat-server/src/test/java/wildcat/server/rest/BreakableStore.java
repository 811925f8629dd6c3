package wildcat.server.rest;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.MessageArchive;
import wildcat.client.store.Outbox;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Records;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// A store whose records cannot be reached while `broken`.
record BreakableStore(Store target, AtomicBoolean broken) implements Store {
  @Override
  public AccountStore open(AccountId account) throws StoreFailed, InterruptedException {
    return target.open(account);
  }

  @Override
  public void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException {
    target.delete(account, purge);
  }

  @Override
  public MessageArchive messages() {
    return target.messages();
  }

  @Override
  public ChatArchive chats() {
    return target.chats();
  }

  @Override
  public Outbox outbox() {
    return target.outbox();
  }

  @Override
  public Records records() {
    return new BreakableRecords(target.records(), broken);
  }

  @Override
  public List<RecordedEvent> eventsAfter(long sequence, int limit) throws StoreFailed {
    return target.eventsAfter(sequence, limit);
  }

  @Override
  public void prune(Instant now, Retention retention) throws StoreFailed, InterruptedException {
    target.prune(now, retention);
  }

  @Override
  public void close() {
    target.close();
  }

  private record BreakableRecords(Records target, AtomicBoolean broken) implements Records {
    private void check() throws StoreFailed {
      if (broken.get()) {
        throw new StoreFailed.Unavailable("broken", new IOException());
      }
    }

    @Override
    public void insert(String collection, String key, Bytes value)
        throws StoreFailed, InterruptedException {
      check();
      target.insert(collection, key, value);
    }

    @Override
    public void put(String collection, String key, Bytes value)
        throws StoreFailed, InterruptedException {
      check();
      target.put(collection, key, value);
    }

    @Override
    public Optional<Bytes> get(String collection, String key) throws StoreFailed {
      check();
      return target.get(collection, key);
    }

    @Override
    public Map<String, Bytes> all(String collection) throws StoreFailed {
      check();
      return target.all(collection);
    }

    @Override
    public boolean remove(String collection, String key) throws StoreFailed, InterruptedException {
      check();
      return target.remove(collection, key);
    }
  }
}
