package wildcat.e2e;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import wildcat.client.Environment;
import wildcat.client.WildcatClient;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.store.AccountStore;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.client.time.SystemTimers;
import wildcat.client.transport.NettyConnector;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;
import wildcat.simulator.Simulator;

/// One client of the library with everything real but the server: network, timers, clock.
final class LinkedClient implements AutoCloseable {
  private static final int WAIT_SECONDS = 30;

  final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  final AccountStore account;
  private final SystemTimers timers = new SystemTimers();
  private final NettyConnector connector = new NettyConnector(NettyConnector.Options.DEFAULT);
  private final Environment environment;
  WildcatClient client;

  LinkedClient(Simulator simulator, String name) throws StoreFailed, InterruptedException {
    this(
        simulator,
        new InMemoryStore(new Recorder(), InstantSource.system()).open(new AccountId(name)));
  }

  /// Another instance on the same keys.
  LinkedClient(Simulator simulator, AccountStore account) {
    this.account = account;
    environment =
        Environment.ofWhatsApp(connector, timers).at(simulator.webSocket(), simulator.root());
    client = new WildcatClient(environment, account, DeviceName.DEFAULT, (_, e) -> events.add(e));
  }

  private static final class Recorder implements EventRecorder {
    @Override
    public Entry entry(AccountId account, long sequence, Instant at, Event.Durable event) {
      return new Entry("evt_" + sequence, "event", "account", Bytes.empty(), List.of());
    }

    @Override
    public void committed(List<RecordedEvent> events) {}
  }

  /// Closes the client and makes another one on the same store, as after a restart of the process.
  void restart() {
    client.close();
    events.clear();
    client = new WildcatClient(environment, account, DeviceName.DEFAULT, (_, e) -> events.add(e));
  }

  /// The next event of that kind; others before it are dropped.
  <T extends Event> T event(Class<T> kind) throws InterruptedException {
    while (true) {
      Event event = events.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + kind.getSimpleName() + " within " + WAIT_SECONDS + " s");
      }
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  AccountState awaitState(Status status) throws InterruptedException {
    AccountState state = event(Event.StateChanged.class).state();
    while (state.status() != status) {
      state = event(Event.StateChanged.class).state();
    }
    return state;
  }

  String code() throws InterruptedException {
    return event(Event.LinkCodeIssued.class).text();
  }

  @Override
  public void close() {
    client.close();
    connector.close();
    timers.close();
  }
}
