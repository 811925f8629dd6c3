package wildcat.client.fake;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.random.RandomGenerator;
import wildcat.client.Environment;
import wildcat.client.WildcatClient;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.session.ConnectPermits;
import wildcat.client.store.AccountStore;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.memory.Faults;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.client.time.ManualTime;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.ClientPayloads.AppVersion;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;

/// A whole client with everything around it in the test's hand.
public final class Harness implements AutoCloseable {
  public static final AccountId ACCOUNT = new AccountId("test");
  public static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  private static final Duration STEP = Duration.ofSeconds(5);

  public final ManualTime time = new ManualTime(START);
  public final FakeServer server = new FakeServer(START);
  public final FakePhone phone = new FakePhone();
  public final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  public final StoreFaults faults = new StoreFaults();
  public final Store store = new InMemoryStore(new Recorder(), time, faults);
  public final AccountStore account;
  public final Environment environment;
  public final WildcatClient client;

  public Harness() throws StoreFailed, InterruptedException {
    account = store.open(ACCOUNT);
    environment =
        new Environment(
            URI.create("ws://fake/ws/chat"),
            server.root(),
            AppVersion.BUILT_IN,
            server,
            new ConnectPermits(time, 1_000),
            time,
            time,
            RandomGenerator.of("L64X128MixRandom"),
            Curve.standard());
    client = client();
  }

  /// Another client on the same store and server.
  public WildcatClient client() {
    return new WildcatClient(
        environment, account, DeviceName.DEFAULT, (_, event) -> events.add(event));
  }

  /// Makes the store fail on demand.
  public static final class StoreFaults implements Faults {
    public volatile boolean unreadable;
    public volatile boolean unavailable;

    @Override
    public void onRead(AccountId account, Table table) throws StoreFailed {
      if (unreadable && table == Table.CREDENTIALS) {
        throw new StoreFailed.Unreadable("planted");
      }
    }

    @Override
    public void onCommit(AccountId account, UnitOfWork work) throws StoreFailed {
      if (unavailable) {
        throw new StoreFailed.Unavailable("planted", new IllegalStateException("disk full"));
      }
    }
  }

  private static final class Recorder implements EventRecorder {
    @Override
    public Entry entry(AccountId account, long sequence, Instant at, Event.Durable event) {
      return new Entry(
          "evt" + sequence,
          event.getClass().getSimpleName(),
          "account",
          Bytes.ofUtf8(
              event instanceof Event.StateChanged(AccountState state)
                  ? state.status().wireName()
                  : event.getClass().getSimpleName()),
          List.of());
    }

    @Override
    public void committed(List<RecordedEvent> events) {}
  }

  /// What was recorded durably, in order: status names, and class names of other events.
  public List<String> recorded() throws StoreFailed {
    return store.eventsAfter(0, 1_000).stream().map(e -> e.body().utf8()).toList();
  }

  public Event event() {
    return FakeServer.taken(events, "event");
  }

  /// The next event of that kind; others before it are dropped.
  public <T extends Event> T event(Class<T> kind) {
    Event event = event();
    while (!kind.isInstance(event)) {
      event = event();
    }
    return kind.cast(event);
  }

  /// Drops events until the account stands like that.
  public AccountState awaitState(Status status) {
    AccountState state = event(Event.StateChanged.class).state();
    while (state.status() != status) {
      state = event(Event.StateChanged.class).state();
    }
    return state;
  }

  public static Node success() {
    return Node.of("success")
        .with("t", START.getEpochSecond())
        .with("lid", FakePhone.LID)
        .with("display_name", "Ann");
  }

  public static Node streamError(int code) {
    return Node.of("stream:error").with("code", code);
  }

  /// Connects and links; on return the client logs in on its second connection.
  public FakeLink link() {
    client.connect();
    FakeLink first = server.next();
    first.payload();
    first.push(FakePhone.pairDevice("a", 6));
    first.take("iq");
    String code = event(Event.LinkCodeIssued.class).text();
    first.push(phone.pairSuccess(code));
    first.take("iq");
    event(Event.Linked.class);
    first.push(streamError(515));
    return nextConnection();
  }

  /// The next connection. Time goes on in small steps until it is there.
  public FakeLink nextConnection() {
    return server.next(() -> time.advance(Duration.ofMillis(20)));
  }

  /// Lets time pass on a connection, in steps in which pings are answered.
  public void pass(Duration duration, FakeLink link) {
    Instant end = time.instant().plus(duration);
    while (time.instant().isBefore(end)) {
      Duration rest = Duration.between(time.instant(), end);
      time.advance(rest.compareTo(STEP) < 0 ? rest : STEP);
      link.settle();
    }
  }

  /// Lets the pause between two permits pass, which is nobody's timer.
  public void passPermits() {
    time.advance(Duration.ofMillis(2));
  }

  /// Links and logs in.
  public FakeLink connected() {
    FakeLink link = link();
    link.payload();
    login(link);
    return link;
  }

  public void login(FakeLink link) {
    link.push(success());
    awaitState(Status.CONNECTED);
    link.take("ib");
    link.take("presence");
  }

  @Override
  public void close() {
    client.close();
    store.close();
  }
}
