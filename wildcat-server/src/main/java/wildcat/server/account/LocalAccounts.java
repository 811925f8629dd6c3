package wildcat.server.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.api.Json;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.ChatMessage;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;
import wildcat.server.store.AccountRow;
import wildcat.server.store.Rows;

/// The accounts of an installation that is one process. One account's failure is its own state and touches
/// no other. Thread-safe.
public final class LocalAccounts implements AccountDirectory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAccounts.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final World world;
  private final StartPolicy policy;
  private final Rows<AccountRow> rows;
  private final AccountLog log;
  private final Map<AccountId, Slot> slots = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// Everything outside.
  public record World(
      Store store, LinkedAccount.Opener opener, Timers timers, InstantSource clock) {}

  /// @param unlinked whether accounts that were never linked are started too, to show their codes
  /// @param perSecond so many accounts are started, so that a restart is no storm
  public record StartPolicy(boolean unlinked, int perSecond) {
    public StartPolicy {
      if (perSecond < 1) {
        throw new IllegalArgumentException("at least one start per second, not " + perSecond);
      }
    }
  }

  private LocalAccounts(World world, StartPolicy policy, Optional<Announcement> announcement) {
    this.world = world;
    this.policy = policy;
    this.rows = new Rows<>(world.store().records(), "accounts", AccountRow.class);
    this.log = new AccountLog(this::update, announcement, world.clock());
  }

  public static LocalAccounts load(
      World world, StartPolicy policy, Optional<Announcement> announcement) throws StoreFailed {
    var accounts = new LocalAccounts(world, policy, announcement);
    for (AccountRow row : accounts.rows.all().values()) {
      var slot = new Slot(row);
      accounts.slots.put(slot.id, slot);
    }
    return accounts;
  }

  /// Starts, one after the other, all accounts that were linked and not stopped by the user. Returns at once.
  public void startAll() {
    long gapMillis = 1_000L / policy.perSecond();
    long delayMillis = 0;
    for (Slot slot : slots.values()) {
      if (!slot.row.stopped()) {
        slot.queued = true;
        later(Duration.ofMillis(delayMillis), slot);
        delayMillis += gapMillis;
      }
    }
  }

  private void later(Duration delay, Slot slot) {
    var _ =
        world
            .timers()
            .after(delay, () -> Thread.ofVirtual().name("account-start").start(() -> boot(slot)));
  }

  private void boot(Slot slot) {
    slot.changing.lock();
    try {
      if (closed || slot.deleted || slot.running != null || slot.row.stopped()) {
        return;
      }
      LinkedAccount account = world.opener().open(slot.id, log.of(slot));
      boolean wanted = false;
      try {
        wanted = account.isLinked() || (policy.unlinked() && !isLoggedOut(slot));
      } finally {
        if (!wanted) {
          account.close();
        }
      }
      if (wanted) {
        slot.started(account);
        account.connect();
      }
    } catch (StoreFailed.Unreadable e) {
      slot.startFailed(Status.KEY_ERROR, "its keys cannot be read", world.clock().instant());
      LOG.atError()
          .addKeyValue("account", slot.id)
          .log("account_keys_unreadable: {}", e.getMessage());
    } catch (StoreFailed e) {
      slot.startFailed(Status.DISCONNECTED, "the store is not available", world.clock().instant());
      LOG.atWarn()
          .addKeyValue("account", slot.id)
          .log("account_start_failed: {}", e.getClass().getSimpleName());
      later(TRY_AGAIN, slot);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      slot.startFailed(Status.DISCONNECTED, "it could not be started", world.clock().instant());
      LOG.atError().addKeyValue("account", slot.id).setCause(e).log("account_start_failed");
    } finally {
      slot.queued = false;
      slot.changing.unlock();
    }
  }

  private static boolean isLoggedOut(Slot slot) {
    return slot.row.status().equals(Status.LOGGED_OUT.wireName());
  }

  @Override
  public List<AccountView> all() {
    return slots.values().stream()
        .map(Slot::view)
        .sorted(Comparator.comparing(view -> view.id().value()))
        .toList();
  }

  @Override
  public Optional<AccountView> find(AccountId account) {
    return Optional.ofNullable(slots.get(account)).map(Slot::view);
  }

  @Override
  public AccountView create(NewAccount account)
      throws AccountFailed, StoreFailed, InterruptedException {
    var slot = new Slot(row(account));
    slot.changing.lock();
    try {
      if (slots.putIfAbsent(slot.id, slot) != null) {
        throw new AccountFailed.Exists(slot.id);
      }
      boolean complete = false;
      try {
        insert(slot);
        open(slot).connect();
        complete = true;
      } finally {
        if (!complete) {
          undo(slot);
        }
      }
      LOG.atInfo().addKeyValue("account", slot.id).log("account_created");
      return slot.view();
    } finally {
      slot.changing.unlock();
    }
  }

  private void insert(Slot slot) throws AccountFailed, StoreFailed, InterruptedException {
    try {
      rows.insert(slot.id.value(), slot.row);
    } catch (StoreFailed.Conflict _) {
      throw new AccountFailed.Exists(slot.id);
    }
  }

  private void undo(Slot slot) throws InterruptedException {
    stop(slot);
    slot.writing.lock();
    try {
      slot.deleted = true;
      rows.remove(slot.id.value());
    } catch (StoreFailed e) {
      LOG.atError()
          .addKeyValue("account", slot.id)
          .log("account_left_behind: {}", e.getClass().getSimpleName());
    } finally {
      slot.writing.unlock();
      slots.remove(slot.id, slot);
    }
  }

  private AccountRow row(NewAccount account) {
    String now = Json.time(world.clock().instant());
    return new AccountRow(
        account.id().value(),
        account.name(),
        account.collectionName(),
        now,
        Status.CREATED.wireName(),
        "",
        now,
        null,
        null,
        false,
        false);
  }

  @Override
  public AccountView connect(AccountId account)
      throws AccountFailed, StoreFailed, InterruptedException {
    Slot slot = slot(account);
    slot.changing.lock();
    try {
      known(slot);
      if (slot.row.stopped()) {
        update(slot, row -> row.withStopped(false));
      }
      LinkedAccount live = slot.running;
      (live == null ? open(slot) : live).connect();
      return slot.view();
    } finally {
      slot.changing.unlock();
    }
  }

  private LinkedAccount open(Slot slot) throws StoreFailed, InterruptedException {
    try {
      LinkedAccount account = world.opener().open(slot.id, log.of(slot));
      slot.started(account);
      return account;
    } catch (StoreFailed.Unreadable e) {
      slot.startFailed(Status.KEY_ERROR, "its keys cannot be read", world.clock().instant());
      throw e;
    }
  }

  @Override
  public void disconnect(AccountId account)
      throws AccountFailed, StoreFailed, InterruptedException {
    Slot slot = slot(account);
    slot.changing.lock();
    try {
      known(slot);
      stop(slot);
      var state =
          new AccountState(
              Status.DISCONNECTED,
              "stopped by the user",
              world.clock().instant(),
              Optional.empty());
      boolean ended = isLoggedOut(slot);
      update(
          slot,
          row ->
              (ended ? row : Slot.withState(row, state, world.clock().instant()))
                  .withStopped(true));
      LOG.atInfo().addKeyValue("account", slot.id).log("account_disconnected");
    } finally {
      slot.changing.unlock();
    }
  }

  private static void stop(Slot slot) {
    LinkedAccount live = slot.running;
    if (live != null) {
      live.close();
      slot.running = null;
    }
  }

  @Override
  public void logout(AccountId account)
      throws AccountFailed, RequestFailed, StoreFailed, InterruptedException {
    Slot slot = slot(account);
    slot.changing.lock();
    try {
      known(slot);
      running(slot).logout();
      LOG.atInfo().addKeyValue("account", slot.id).log("account_logged_out_by_user");
    } finally {
      slot.changing.unlock();
    }
  }

  @Override
  public AccountView delete(AccountId account, boolean purge)
      throws AccountFailed, StoreFailed, InterruptedException {
    Slot slot = slot(account);
    slot.changing.lock();
    try {
      known(slot);
      AccountView view = slot.view();
      unlink(slot);
      stop(slot);
      slot.writing.lock();
      try {
        // the keys first: a name that can be given anew must never lead to old keys
        world.store().delete(account, purge);
        rows.remove(account.value());
        slot.deleted = true;
        slots.remove(account, slot);
      } finally {
        slot.writing.unlock();
      }
      LOG.atInfo().addKeyValue("account", slot.id).log("account_deleted");
      return view;
    } finally {
      slot.changing.unlock();
    }
  }

  private static void unlink(Slot slot) throws InterruptedException {
    LinkedAccount live = slot.running;
    if (live == null || live.state().status() != Status.CONNECTED) {
      return;
    }
    try {
      live.logout();
    } catch (RequestFailed | StoreFailed e) {
      LOG.atWarn()
          .addKeyValue("account", slot.id)
          .log("account_not_unlinked: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public Optional<ShownCode> linkCode(AccountId account) throws AccountFailed {
    LinkedAccount live = slot(account).running;
    return live == null ? Optional.empty() : live.linkCode();
  }

  @Override
  public ChatMessage send(AccountId account, OutgoingMessage message)
      throws AccountFailed, RequestFailed, StoreFailed, InterruptedException {
    return running(slot(account)).send(message);
  }

  private Slot slot(AccountId account) throws AccountFailed {
    Slot slot = slots.get(account);
    if (slot == null) {
      throw new AccountFailed.Unknown(account);
    }
    return slot;
  }

  private static void known(Slot slot) throws AccountFailed {
    if (slot.deleted) {
      throw new AccountFailed.Unknown(slot.id);
    }
  }

  private static LinkedAccount running(Slot slot) throws AccountFailed {
    LinkedAccount live = slot.running;
    if (live == null) {
      throw new AccountFailed.NotRunning(slot.id);
    }
    return live;
  }

  private void update(Slot slot, UnaryOperator<AccountRow> change)
      throws StoreFailed, InterruptedException {
    slot.writing.lock();
    try {
      if (!slot.deleted) {
        AccountRow next = change.apply(slot.row);
        rows.put(slot.id.value(), next);
        slot.row = next;
      }
    } finally {
      slot.writing.unlock();
    }
  }

  /// Closes all connections; devices stay linked.
  @Override
  public void close() {
    closed = true;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Slot slot : slots.values()) {
        var _ = threads.submit(() -> closeOne(slot));
      }
    }
    log.close();
  }

  private static void closeOne(Slot slot) {
    slot.changing.lock();
    try {
      stop(slot);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("account", slot.id).setCause(e).log("account_close_failed");
    } finally {
      slot.changing.unlock();
    }
  }
}
