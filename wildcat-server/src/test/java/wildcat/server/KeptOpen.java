package wildcat.server;

import java.time.Instant;
import java.util.List;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.ChatArchive;
import wildcat.client.store.MessageArchive;
import wildcat.client.store.Outbox;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Records;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;

/// A store that its server cannot close, as if it were on disk.
record KeptOpen(Store target) implements Store {
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
    return target.records();
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
  public void close() {}
}
