package wildcat.server.account;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import wildcat.api.Json;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.server.store.AccountRow;

/// One account of this process. `changing` is held while it is started, stopped or deleted, also over
/// blocking calls: those wait for each other, everything else reads the volatile fields.
final class Slot {
  final ReentrantLock changing = new ReentrantLock();
  final AccountId id;

  /// Held while `row` is replaced, also over the write to the store.
  final ReentrantLock writing = new ReentrantLock();

  volatile AccountRow row;

  volatile @Nullable LinkedAccount running;

  /// Set under both locks: nothing is started or written any more.
  volatile boolean deleted;

  /// Whether its start is due in a moment.
  volatile boolean queued;

  /// Why it could not be started, if so.
  private volatile @Nullable AccountState startFailure;

  Slot(AccountRow row) {
    this.id = new AccountId(row.id());
    this.row = row;
  }

  void startFailed(Status status, String reason, Instant at) {
    startFailure = new AccountState(status, reason, at, Optional.empty());
  }

  void started(LinkedAccount account) {
    startFailure = null;
    running = account;
  }

  AccountView view() {
    LinkedAccount live = running;
    AccountState failure = startFailure;
    AccountState state =
        live != null
            ? live.state()
            : queued ? queuedState() : failure != null ? failure : storedState();
    return new AccountView(
        id,
        row.name(),
        row.collectionName(),
        Instant.parse(row.createdAt()),
        Optional.ofNullable(row.updatedAt()).map(Instant::parse),
        state,
        live != null,
        live != null && live.linkCode().isPresent());
  }

  private AccountState queuedState() {
    return new AccountState(
        Status.CONNECTING, "waiting for its turn", Instant.parse(row.since()), Optional.empty());
  }

  /// The last one, except that nothing is connected that does not run.
  private AccountState storedState() {
    Instant since = Instant.parse(row.since());
    Optional<Instant> until = Optional.ofNullable(row.until()).map(Instant::parse);
    return switch (status(row.status())) {
      case CREATED -> new AccountState(Status.CREATED, "", since, Optional.empty());
      case LOGGED_OUT, BANNED, CONFLICT, KEY_ERROR ->
          new AccountState(status(row.status()), row.reason(), since, until);
      case CONNECTING,
          WAITING_FOR_LINK,
          WAITING_FOR_PASSKEY,
          CONNECTED,
          RECONNECTING,
          RESTRICTED,
          DISCONNECTED ->
          new AccountState(
              Status.DISCONNECTED,
              row.stopped() ? row.reason() : "not started",
              since,
              Optional.empty());
    };
  }

  private static Status status(String wireName) {
    for (Status status : Status.values()) {
      if (status.wireName().equals(wireName)) {
        return status;
      }
    }
    return Status.DISCONNECTED;
  }

  static AccountRow withState(AccountRow row, AccountState state, Instant now) {
    return new AccountRow(
        row.id(),
        row.name(),
        row.collectionName(),
        row.createdAt(),
        state.status().wireName(),
        state.reason(),
        Json.time(state.since()),
        state.until().map(Json::time).orElse(null),
        Json.time(now),
        row.stopped(),
        row.announced());
  }
}
