package wildcat.client.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;

/// How an account stands. Each change is recorded as a durable event, together with what belongs to it.
///
/// When the store is not available the state is still true in memory, and what could not be written is
/// written later, in order. All methods but [#current] and [#status] are for the account's thread.
public final class Standing {
  static final Duration RETRY = Duration.ofSeconds(2);

  /// More changes than this do not wait for a store that is gone; the oldest events give way.
  private static final int MAX_OWED = 64;

  private static final Logger log = LoggerFactory.getLogger(Standing.class);

  private final Ledger ledger;
  private final AccountThread thread;
  private final Timers timers;
  private final List<Change> owed = new ArrayList<>();
  private volatile AccountState current;
  private Timers.@Nullable Timer retry;

  public Standing(Ledger ledger, AccountThread thread, Timers timers) {
    this.ledger = ledger;
    this.thread = thread;
    this.timers = timers;
    current = new AccountState(Status.CREATED, "", ledger.now(), Optional.empty());
  }

  /// Callable by any thread.
  public AccountState current() {
    return current;
  }

  /// Callable by any thread.
  public Status status() {
    return current.status();
  }

  /// The account now stands like this. An event is recorded when the status differs from before.
  ///
  /// @param reason for people; "" when the status says it all
  public void enter(Status status, String reason) {
    enter(status, reason, Optional.empty(), List.of());
  }

  /// @param until when it ends, if that is known
  /// @param with committed in the same transaction, before the event
  public void enter(Status status, String reason, Optional<Instant> until, List<Change> with) {
    AccountState before = current;
    boolean same = before.status() == status && before.until().equals(until);
    Instant now = ledger.now();
    var next = new AccountState(status, reason, same ? before.since() : now, until);
    current = next;
    owed.addAll(with);
    if (!same) {
      owed.add(new Change.RecordEvent(new Event.StateChanged(next), now));
      log.atInfo()
          .addKeyValue("account", ledger.store().account())
          .log("{}{}", status.wireName(), reason.isEmpty() ? "" : ": " + reason);
    }
    write();
  }

  /// Forgets what the store could not take.
  void close() {
    if (retry != null) {
      retry.close();
      retry = null;
    }
    owed.clear();
  }

  private void write() {
    if (owed.isEmpty()) {
      return;
    }
    try {
      ledger.commit(owed.toArray(new Change[0]));
      owed.clear();
    } catch (StoreFailed.Unavailable e) {
      warn("the new state is not stored yet", e);
      shorten();
      if (retry == null) {
        retry = timers.after(RETRY, () -> thread.execute(this::writeAgain));
      }
    } catch (StoreFailed e) {
      // another owner writes now, or the rows are beyond reach: nothing of it can be mended by
      // trying
      warn("the new state cannot be stored", e);
      owed.clear();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeAgain() {
    retry = null;
    write();
  }

  private void shorten() {
    for (int i = 0; owed.size() > MAX_OWED && i < owed.size(); ) {
      if (owed.get(i) instanceof Change.RecordEvent) {
        owed.remove(i);
      } else {
        i++;
      }
    }
  }

  private void warn(String what, Exception cause) {
    log.atWarn().addKeyValue("account", ledger.store().account()).setCause(cause).log(what);
  }
}
