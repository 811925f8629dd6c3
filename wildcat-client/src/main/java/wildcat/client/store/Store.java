package wildcat.client.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import wildcat.client.event.AccountId;

/// A store for many accounts. Implementations pass one contract suite. Thread-safe. Times are kept to the
/// millisecond.
public interface Store extends AutoCloseable {
  /// Takes the account over: everybody who opened it before can no longer write
  /// ([StoreFailed.StaleOwner]). Creates nothing but the ownership. An account whose keys cannot be read
  /// opens all the same: reading them says so.
  AccountStore open(AccountId account) throws StoreFailed, InterruptedException;

  /// Erases the keys of the account, quarantined ones too, and all it knows of others. With `purge` also
  /// its messages and events and what is still owed to anyone; without, they stay until their time is
  /// over. Whoever has the account open can no longer write.
  void delete(AccountId account, boolean purge) throws StoreFailed, InterruptedException;

  MessageArchive messages();

  ChatArchive chats();

  Outbox outbox();

  Records records();

  /// The log of durable events, oldest first.
  List<RecordedEvent> eventsAfter(long sequence, int limit) throws StoreFailed;

  /// Drops dead letters, events, messages and quarantined keys that are older than their time, in small
  /// commits between which others get their turn. An event stays as long as a delivery of it is pending
  /// or dead.
  void prune(Instant now, Retention retention) throws StoreFailed, InterruptedException;

  /// How long things are kept, from when they were stored.
  ///
  /// @param messages also what tells a redelivered ciphertext from a new one
  /// @param events also dead letters
  record Retention(Duration messages, Duration events, Duration quarantine) {
    public static final Retention DEFAULT =
        new Retention(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(30));
  }

  @Override
  void close();
}
