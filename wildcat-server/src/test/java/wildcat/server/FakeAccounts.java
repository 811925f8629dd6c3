package wildcat.server;

import static wildcat.server.Events.SENT_AT;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.EventListener;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.message.OutgoingContent;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.NotConnected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Store;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.server.account.LinkedAccount;

/// Accounts that do as the test says, over a real store. What they send is stored as the real ones do.
public final class FakeAccounts implements Parts.AccountOpener {
  private final InstantSource clock;
  private final Map<AccountId, One> open = new ConcurrentHashMap<>();
  private final Map<AccountId, Boolean> linked = new ConcurrentHashMap<>();
  private final Map<AccountId, StoreFailed> broken = new ConcurrentHashMap<>();

  public FakeAccounts(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public LinkedAccount.Opener over(Store store) {
    return (account, listener) -> {
      StoreFailed failure = broken.get(account);
      if (failure != null) {
        throw failure;
      }
      var one = new One(store.open(account), listener);
      open.put(account, one);
      return one;
    };
  }

  public void breakOpening(String account, StoreFailed failure) {
    broken.put(new AccountId(account), failure);
  }

  public void mendOpening(String account) {
    broken.remove(new AccountId(account));
  }

  /// As the client drops its keys when the phone has removed the device.
  public void markUnlinked(String account) {
    linked.remove(new AccountId(account));
  }

  /// Of the last opening.
  public One of(String account) {
    return Optional.ofNullable(open.get(new AccountId(account))).orElseThrow();
  }

  public boolean isOpen(String account) {
    One one = open.get(new AccountId(account));
    return one != null && !one.closed;
  }

  /// One opened account.
  public final class One implements LinkedAccount {
    public final List<OutgoingMessage> sent = new CopyOnWriteArrayList<>();
    public volatile boolean closed;
    public final AtomicInteger connects = new AtomicInteger();
    public final AtomicInteger logouts = new AtomicInteger();
    public volatile @Nullable RequestFailed failure;
    public volatile @Nullable StoreFailed storeFailure;
    private final AccountStore store;
    private final EventListener listener;
    private volatile AccountState state;
    private volatile @Nullable ShownCode code;

    private One(AccountStore store, EventListener listener) {
      this.store = store;
      this.listener = listener;
      this.state = new AccountState(Status.CREATED, "", clock.instant(), Optional.empty());
    }

    public void become(Status status) throws Exception {
      become(status, "");
    }

    public void become(Status status, String reason) throws Exception {
      state = new AccountState(status, reason, clock.instant(), Optional.empty());
      var event = new Event.StateChanged(state);
      store.commit(UnitOfWork.of(new Change.RecordEvent(event, clock.instant())));
      listener.on(store.account(), event);
    }

    public void show(String text, Duration validFor) throws Exception {
      code = new ShownCode(text, clock.instant().plus(validFor));
      become(Status.WAITING_FOR_LINK);
    }

    public void link() throws Exception {
      code = null;
      linked.put(store.account(), true);
      listener.on(store.account(), new Event.Linked(Jid.pn("49151"), Jid.lid("1"), "android"));
      become(Status.CONNECTED);
    }

    public void receive(ChatMessage message) throws Exception {
      store.commit(
          UnitOfWork.of(
              new Change.AddMessage(message),
              new Change.RecordEvent(
                  message.fromMe()
                      ? new Event.MessageSent(message)
                      : new Event.MessageReceived(message),
                  clock.instant())));
    }

    @Override
    public boolean isLinked() {
      return linked.getOrDefault(store.account(), false);
    }

    @Override
    public void connect() {
      connects.incrementAndGet();
      if (state.status() == Status.CREATED) {
        state =
            new AccountState(
                isLinked() ? Status.CONNECTED : Status.CONNECTING,
                "",
                clock.instant(),
                Optional.empty());
      }
    }

    @Override
    public void logout() throws RequestFailed {
      if (failure != null) {
        throw failure;
      }
      if (state.status() != Status.CONNECTED) {
        throw new NotConnected("not connected");
      }
      logouts.incrementAndGet();
      linked.remove(store.account());
      state = new AccountState(Status.LOGGED_OUT, "", clock.instant(), Optional.empty());
    }

    @Override
    public AccountState state() {
      return state;
    }

    @Override
    public Optional<ShownCode> linkCode() {
      return Optional.ofNullable(code);
    }

    @Override
    public ChatMessage send(OutgoingMessage wanted)
        throws RequestFailed, StoreFailed, InterruptedException {
      if (failure != null) {
        throw failure;
      }
      if (storeFailure != null) {
        throw storeFailure;
      }
      if (wanted.id().isPresent()) {
        Optional<ChatMessage> earlier = store.message(wanted.to(), wanted.id().get());
        if (earlier.isPresent()) {
          return earlier.get(); // as the client does
        }
      }
      sent.add(wanted);
      String text = wanted.content() instanceof OutgoingContent.Text(String said) ? said : "";
      var message =
          new ChatMessage(
              wanted.to(),
              wanted.id().orElse(new MessageId("3EB0" + sent.size())),
              Jid.pn("4915100000001"),
              true,
              SENT_AT,
              "",
              "text",
              text,
              wanted
                  .quoted()
                  .map(quoted ->
                      new ChatMessage.Quote(quoted.id(), quoted.sender(), quoted.text(), false)),
              wanted.mentions(),
              false,
              MessageStatus.SENT,
              ChatMessage.Origin.API,
              Bytes.wrap(Message.newBuilder().setConversation(text).build().toByteArray()),
              Marks.NONE);
      store.commit(
          UnitOfWork.of(
              new Change.AddMessage(message),
              new Change.RecordEvent(new Event.MessageSent(message), clock.instant())));
      return message;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
