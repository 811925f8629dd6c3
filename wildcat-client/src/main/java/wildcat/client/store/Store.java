package wildcat.client.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import wildcat.client.event.AccountId;

/// A store for many accounts. Implementations pass one contract suite. Thread-safe.
public interface Store extends AutoCloseable {
  /// Takes the account over: everybody who opened it before can no longer write
  /// ([StoreFailed.StaleOwner]). Creates nothing but the ownership.
  AccountStore open(AccountId account) throws StoreFailed, InterruptedException;

  /// Erases everything of the account, messages and events included when `purge`.
  void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException;

  MessageArchive messages();

  Outbox outbox();

  Records records();

  /// The log of durable events, oldest first.
  List<RecordedEvent> eventsAfter(long sequence, int limit) throws StoreFailed;

  /// Drops settled outbox rows, events, messages and quarantined keys that are older than their time.
  void prune(Instant now, Retention retention) throws StoreFailed, InterruptedException;

  /// How long things are kept.
  record Retention(Duration messages, Duration events, Duration quarantine) {
    public static final Retention DEFAULT =
        new Retention(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(30));
  }

  @Override
  void close();
}
