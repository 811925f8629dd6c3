package wildcat.client.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.client.session.Reaction.Keys;
import wildcat.client.session.Reaction.Next;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.ClientPayloads;

/// Keeps one account connected: opens connections, logs in, hands stanzas out, and decides by [Reactions]
/// what follows when a connection ends. Thread-safe.
///
/// Nearly everything happens on the account's thread, one task after the other: handling stanzas, changes of
/// state, the decision to reconnect. Only opening a connection has a thread of its own, so that it can be
/// interrupted.
public final class AccountConnection implements AutoCloseable {
  /// A connection that stood so long lets the back-off begin anew.
  static final Duration STABLE = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(AccountConnection.class);

  private final Surroundings outside;
  private final Ledger ledger;
  private final Standing standing;
  private final Behaviour behaviour;
  private final AccountThread thread;
  private final StanzaIds ids;
  private final Attempts attempts;
  private final Oddities oddities;
  private final Exchange exchange;

  // written by the account's thread, `wanted` also by disconnect(); read by any
  private volatile boolean wanted;
  private volatile boolean closed;
  private volatile @Nullable LiveSession session;
  private volatile @Nullable LiveSession connected;

  // account's thread only
  private @Nullable Dispatcher dispatcher;
  private ConnectPermits.@Nullable Place place;
  private Timers.@Nullable Timer timer;
  private int plan;

  /// @param ledger on the account's store
  /// @param thread the account's, on which `standing` is used, too
  public AccountConnection(
      Surroundings outside,
      Ledger ledger,
      Standing standing,
      Behaviour behaviour,
      AccountThread thread) {
    this.outside = outside;
    this.ledger = ledger;
    this.standing = standing;
    this.behaviour = behaviour;
    this.thread = thread;
    ids = new StanzaIds(outside.random());
    attempts = new Attempts(outside.random());
    oddities = new Oddities(account());
    exchange = new CurrentExchange(ids, () -> connected);
  }

  private AccountId account() {
    return ledger.store().account();
  }

  /// The exchange over the connection that is logged in at the moment of a call.
  public Exchange exchange() {
    return exchange;
  }

  /// Starts connecting and returns at once; no effect when it is running.
  public void connect() {
    thread.execute(this::begin);
  }

  private void begin() {
    if (wanted || closed) {
      return;
    }
    wanted = true;
    attempts.reset();
    behaviour.linking().begin();
    Optional<Instant> banned = standing.current().until().filter(u -> u.isAfter(ledger.now()));
    if (banned.isPresent()) {
      // trying during a ban makes it longer
      later(Duration.between(ledger.now(), banned.get()));
      standing.enter(Status.BANNED, standing.current().reason(), banned, List.of());
      return;
    }
    standing.enter(Status.CONNECTING, "");
    attempt();
  }

  private void attempt() {
    try {
      open(behaviour.linking().credentials());
    } catch (StoreFailed e) {
      react(new Ending.Store(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.atError().addKeyValue("account", account()).setCause(e).log("cannot open a connection");
      react(new Ending.Lost("a connection could not be prepared"));
    }
  }

  private void open(Credentials credentials) {
    byte[] payload = payload(credentials);
    var next = new LiveSession(new Owner(), outside, credentials);
    session = next;
    dispatcher = new Dispatcher(behaviour, ledger, oddities);
    Thread.Builder opener = Thread.ofVirtual().name("connect " + account());
    place =
        outside
            .permits()
            .request(() -> opener.start(() -> next.open(outside, credentials, payload)));
    if (!wanted) {
      // disconnect() did not see this session yet
      next.close("not wanted any more");
    }
  }

  private byte[] payload(Credentials credentials) {
    return credentials
        .linked()
        .map(link -> ClientPayloads.login(outside.version(), link.pn()))
        .orElseGet(() ->
            ClientPayloads.registration(
                outside.version(),
                new ClientPayloads.Registration(
                    credentials.registrationId(),
                    credentials.identity().publicKey(),
                    credentials.signedPreKey(),
                    outside.name())))
        .toByteArray();
  }

  private void handle(LiveSession from, Node stanza) {
    Dispatcher target = dispatcher;
    if (from != session || target == null) {
      return;
    }
    try {
      if (stanza.is("success")) {
        loggedIn(from, stanza);
      } else {
        target.handle(stanza, from);
      }
    } catch (StoreFailed e) {
      var _ = from.end(new Ending.Store(e));
    } catch (RequestFailed _) {
      // the connection has ended, and with it the need to answer
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(from, stanza, e);
    }
  }

  private void failed(LiveSession from, Node stanza, RuntimeException bug) {
    Dispatcher target = dispatcher;
    try {
      if (oddities.failed(stanza, bug) && target != null) {
        target.giveUp(stanza, from);
        return;
      }
    } catch (NotConnected _) {
      // it comes again and is given up then
    }
    var _ = from.end(new Ending.Lost("a stanza could not be handled"));
  }

  private void loggedIn(LiveSession from, Node success) throws StoreFailed, InterruptedException {
    try {
      new Login(ledger, behaviour).run(success, from);
    } catch (RequestFailed e) {
      var _ = from.end(new Ending.Lost("the login was not completed: " + e.getMessage()));
      return;
    }
    connected = from;
    in(STABLE, attempts::stable);
    standing.enter(Status.CONNECTED, "");
    Thread.ofVirtual().name("after login " + account()).start(() -> afterActive(from));
  }

  private void afterActive(LiveSession from) {
    try {
      behaviour.afterActive().run(from);
    } catch (StoreFailed e) {
      var _ = from.end(new Ending.Store(e));
    } catch (RequestFailed e) {
      log.atDebug().addKeyValue("account", account()).log("after the login: {}", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.atError().addKeyValue("account", account()).setCause(e).log("after the login");
    }
  }

  private void ended(LiveSession old, Ending ending) {
    if (old != session) {
      return;
    }
    forgetSession();
    boolean goOn = behaviour.linking().ended();
    Reaction reaction = attempts.react(ending);
    if (!wanted && !(reaction.next() instanceof Next.Never)) {
      return;
    }
    if (!old.linked() && !goOn && !(reaction.next() instanceof Next.Never)) {
      wanted = false;
      standing.enter(Status.DISCONNECTED, "no phone has linked this device in time");
      return;
    }
    react(ending, old.linked() ? reaction : whileLinking(reaction, old));
  }

  /// A device that waits to be linked goes on waiting when its codes have run out.
  private Reaction whileLinking(Reaction reaction, LiveSession old) {
    Status status =
        switch (reaction.next()) {
          case Next.AtOnce _ -> Status.CONNECTING;
          case Next.BackOff _ when old.opened() -> standing.status();
          default -> reaction.status();
        };
    return new Reaction(
        status, reaction.reason(), reaction.keys(), reaction.next(), reaction.alarm());
  }

  private void react(Ending ending) {
    react(ending, attempts.react(ending));
  }

  private void react(Ending ending, Reaction reaction) {
    (reaction.alarm() ? log.atError() : log.atInfo())
        .addKeyValue("account", account())
        .log("connection ended: {}", reaction.reason());
    if (ending instanceof Ending.Store(StoreFailed failure)) {
      log.atWarn().addKeyValue("account", account()).setCause(failure).log("the store failed");
    }
    wanted = !(reaction.next() instanceof Next.Never);
    // planned before it is told: whoever hears of it may rely on it
    switch (reaction.next()) {
      case Next.BackOff backOff -> later(attempts.delay(backOff));
      case Next.After(Duration delay) -> later(delay);
      case Next.AtOnce _, Next.Never _ -> {}
    }
    Instant now = ledger.now();
    standing.enter(
        reaction.status(),
        reaction.reason(),
        reaction.banned().map(now::plus),
        reaction.keys() == Keys.QUARANTINED ? List.of(new Change.QuarantineKeys(now)) : List.of());
    if (reaction.next() instanceof Next.AtOnce) {
      attempt();
    }
  }

  private void later(Duration delay) {
    in(delay, this::attempt);
  }

  /// Plans what comes next on the account's thread, instead of what was planned before.
  private void in(Duration delay, Runnable task) {
    cancelTimer();
    int mine = plan;
    timer =
        outside
            .timers()
            .after(
                delay,
                () ->
                    thread.execute(() -> {
                      if (mine == plan) {
                        timer = null;
                        task.run();
                      }
                    }));
  }

  private void cancelTimer() {
    plan++;
    if (timer != null) {
      timer.close();
      timer = null;
    }
  }

  private void forgetSession() {
    session = null;
    connected = null;
    dispatcher = null;
    cancelTimer();
    if (place != null) {
      place.close();
      place = null;
    }
  }

  /// Closes the connection and stays away; the device stays linked. The state follows on the account's
  /// thread. No effect when it is not running.
  public void disconnect() {
    wanted = false;
    LiveSession open = session;
    if (open != null) {
      open.close("disconnected");
    }
    thread.execute(this::stop);
  }

  private void stop() {
    wanted = false;
    LiveSession open = session;
    if (open != null) {
      // it may have ended for a reason that lasts
      ended(open, open.end(new Ending.Closed("disconnected")));
    }
    forgetSession();
    boolean _ = behaviour.linking().ended();
    AccountState before = standing.current();
    boolean running =
        switch (before.status()) {
          case CREATED, DISCONNECTED, LOGGED_OUT, CONFLICT, KEY_ERROR -> false;
          case BANNED -> before.until().isPresent();
          default -> true;
        };
    if (running) {
      standing.enter(Status.DISCONNECTED, "", before.until(), List.of());
    }
  }

  /// Removes this device from the account and quarantines its keys. A device that was never linked is only
  /// disconnected. Not for the account's own thread.
  ///
  /// @throws NotConnected the server cannot be told; nothing was changed
  /// @throws RequestFailed the server did not confirm; nothing was changed
  public void logout() throws RequestFailed, StoreFailed, InterruptedException {
    Optional<Jid> device =
        ledger.store().credentials().flatMap(Credentials::linked).map(Credentials.Link::pn);
    if (device.isEmpty()) {
      disconnect();
      settle();
      return;
    }
    try {
      exchange.request(
          Node.of("iq")
              .with("to", Jid.WHATSAPP)
              .with("type", "set")
              .with("xmlns", "md")
              .containing(
                  Node.of("remove-companion-device")
                      .with("jid", device.get())
                      .with("reason", "user_initiated")));
    } catch (OutcomeUnknown e) {
      // the server may say so by closing the stream instead
      settle();
      if (standing.status() == Status.LOGGED_OUT) {
        return;
      }
      throw e;
    }
    thread.execute(this::removed);
    settle();
  }

  private void removed() {
    wanted = false;
    LiveSession open = session;
    forgetSession();
    if (open != null) {
      open.close("logged out");
    }
    if (standing.status() != Status.LOGGED_OUT) {
      standing.enter(
          Status.LOGGED_OUT,
          "this device was unlinked by request",
          Optional.empty(),
          List.of(new Change.QuarantineKeys(ledger.now())));
    }
  }

  /// Tells that the store has failed for somebody else who works for this account.
  public void failed(StoreFailed failure) {
    LiveSession open = session;
    if (open != null) {
      var _ = open.end(new Ending.Store(failure));
    }
  }

  /// Waits until everything asked for so far is done. Not for the account's own thread.
  public void settle() {
    var done = new CompletableFuture<Boolean>();
    thread.execute(() -> done.complete(true));
    boolean _ = done.join();
  }

  /// Disconnects for good: what follows has no effect.
  @Override
  public void close() {
    closed = true;
    disconnect();
    thread.execute(standing::close);
  }

  /// What a connection sees of its account.
  private final class Owner implements LiveSession.Owner {
    @Override
    public AccountId account() {
      return AccountConnection.this.account();
    }

    @Override
    public Executor thread() {
      return thread;
    }

    @Override
    public String nextId() {
      return ids.next();
    }

    @Override
    public void stanza(LiveSession from, Node stanza) {
      handle(from, stanza);
    }

    @Override
    public void ended(LiveSession old, Ending ending) {
      thread.execute(() -> AccountConnection.this.ended(old, ending));
    }
  }
}
