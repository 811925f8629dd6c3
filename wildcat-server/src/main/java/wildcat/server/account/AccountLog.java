package wildcat.server.account;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.server.store.AccountRow;

/// Hears of what happens to accounts and keeps their rows up to date, behind the accounts' threads: those
/// must not wait for the disk. What happens is handled in order by one thread for all.
final class AccountLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccountLog.class);

  /// Changes a slot's row, durably.
  interface Update {
    void update(Slot slot, UnaryOperator<AccountRow> change)
        throws StoreFailed, InterruptedException;
  }

  private final Update rows;
  private final Optional<Announcement> announcement;
  private final InstantSource clock;
  private final Set<AccountId> announcing = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("account-rows").factory());

  AccountLog(Update rows, Optional<Announcement> announcement, InstantSource clock) {
    this.rows = rows;
    this.announcement = announcement;
    this.clock = clock;
  }

  EventListener of(Slot slot) {
    return (_, event) -> {
      if (event instanceof Event.StateChanged || event instanceof Event.Linked) {
        try {
          thread.execute(() -> handle(slot, event));
        } catch (RejectedExecutionException _) {
          // we are shutting down: the state shown after the next start comes from the account
          // itself
        }
      }
    };
  }

  private void handle(Slot slot, Event event) {
    try {
      if (event instanceof Event.StateChanged(AccountState state)) {
        stateChanged(slot, state);
      } else {
        rows.update(slot, row -> row.withAnnounced(false));
      }
    } catch (StoreFailed e) {
      LOG.atWarn()
          .addKeyValue("account", slot.id)
          .log("account_status_not_stored: {}", e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stateChanged(Slot slot, AccountState state)
      throws StoreFailed, InterruptedException {
    LOG.atInfo()
        .addKeyValue("account", slot.id)
        .addKeyValue("status", state.status().wireName())
        .log("account_{}{}", state.status().wireName(), reason(state));
    rows.update(slot, row -> Slot.withState(row, state, clock.instant()));
    if (state.status() == AccountState.Status.CONNECTED
        && announcement.isPresent()
        && !slot.row.announced()
        && announcing.add(slot.id)) {
      Thread.ofVirtual().name("announce").start(() -> announce(slot, announcement.get()));
    }
  }

  private static String reason(AccountState state) {
    return state.reason().isEmpty() ? "" : ": " + state.reason();
  }

  private void announce(Slot slot, Announcement message) {
    try {
      LinkedAccount live = slot.running;
      if (live != null) {
        live.send(message.of(slot.id));
        rows.update(slot, row -> row.withAnnounced(true));
      }
    } catch (RequestFailed | StoreFailed e) {
      LOG.atWarn()
          .addKeyValue("account", slot.id)
          .log("admin_notify_failed: {}", e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      announcing.remove(slot.id);
    }
  }

  /// Returns when all that has happened is written.
  @Override
  public void close() {
    thread.close();
  }
}
