package wildcat.client.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountId;
import wildcat.client.store.Credentials;
import wildcat.client.time.Timers;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// One connection of one account from its opening to its end: sorts what arrives, correlates requests.
///
/// The network's thread completes waiting requests, notes why the server ends the stream, and puts
/// everything else into the inbox; it runs nothing of a feature and waits for nobody.
final class LiveSession implements Session, Wire.Reader, Keepalive.Line {
  static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(LiveSession.class);

  /// Who owns the session.
  interface Owner {
    AccountId account();

    /// The account's thread.
    Executor thread();

    /// A fresh id, unique over the account's connections.
    String nextId();

    /// Called on the account's thread, in wire order.
    void stanza(LiveSession session, Node stanza);

    /// Called once by any thread. Must not block.
    void ended(LiveSession session, Ending ending);
  }

  private final AccountId account;
  private final Owner owner;
  private final Timers timers;
  private final boolean linked;
  private final Requests requests = new Requests();
  private final Wire wire;
  private final Inbox inbox;
  private final Keepalive keepalive;

  // timers' thread only
  private String lastPing = "";

  // network's thread writes
  private volatile @Nullable Ending announced;
  private volatile boolean opened;

  LiveSession(Owner owner, Surroundings outside, Credentials credentials) {
    this.owner = owner;
    account = owner.account();
    timers = outside.timers();
    linked = credentials.linked().isPresent();
    wire = new Wire(this, credentials);
    inbox = new Inbox(owner.thread(), stanza -> owner.stanza(this, stanza), wire::reading);
    keepalive = new Keepalive(timers, outside.random(), this);
  }

  /// Connects. Blocks until the handshake is done or has failed.
  void open(Surroundings outside, Credentials credentials, byte[] payload) {
    wire.open(outside, credentials, payload);
  }

  /// Whether the device was linked when this connection was made.
  boolean linked() {
    return linked;
  }

  /// Whether the server has sent a stanza.
  boolean opened() {
    return opened;
  }

  @Override
  public String nextId() {
    return owner.nextId();
  }

  @Override
  public Node request(Node iq) throws RequestFailed, InterruptedException {
    Node stanza = iq.attribute("id").isPresent() ? iq : iq.with("id", nextId());
    Node answer = await(Requests.iq(stanza.text("id")), stanza);
    if (answer.text("type").equals("error")) {
      Node error = answer.child("error").orElse(answer);
      throw new Rejected(code(error, "code"), shortened(error.text("text")));
    }
    return answer;
  }

  @Override
  public Node deliver(Node message) throws RequestFailed, InterruptedException {
    String id = message.text("id");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a message needs an id");
    }
    Node ack = await(Requests.message(id), message);
    if (ack.attribute("error").isPresent()) {
      throw new Rejected(code(ack, "error"), "");
    }
    return ack;
  }

  private static int code(Node node, String key) {
    return node.number(key).filter(n -> n >= 0 && n <= 99_999).map(Long::intValue).orElse(0);
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100);
  }

  private Node await(String key, Node stanza) throws RequestFailed, InterruptedException {
    // before the write: the answer may arrive before the write returns
    CompletableFuture<Node> answer = requests.expect(key);
    inbox.requesting(true);
    try (var _ = timers.after(REQUEST_LIMIT, () -> late(answer))) {
      send(stanza);
      return answer.get();
    } catch (ExecutionException e) {
      throw new OutcomeUnknown(e.getCause() == null ? "" : "" + e.getCause().getMessage(), e);
    } finally {
      requests.forget(key);
      inbox.requesting(false);
    }
  }

  private static void late(CompletableFuture<Node> answer) {
    answer.completeExceptionally(
        new OutcomeUnknown("no answer within " + REQUEST_LIMIT.toSeconds() + " s"));
  }

  @Override
  public void send(Node stanza) throws NotConnected {
    if (log.isDebugEnabled()) {
      log.atDebug().addKeyValue("account", account).log("sent {}", StanzaLog.text(stanza));
    }
    wire.send(stanza);
  }

  @Override
  public void close(String reason) {
    wire.end(new Ending.Closed(reason));
  }

  @Override
  public void stanza(Node stanza, int sizeBytes) {
    if (!opened) {
      opened = true;
      keepalive.start();
    }
    keepalive.heard();
    if (log.isDebugEnabled()) {
      log.atDebug().addKeyValue("account", account).log("received {}", StanzaLog.text(stanza));
    }
    switch (stanza.tag()) {
      case "iq" -> {
        if (isAnswer(stanza)) {
          requests.complete(Requests.iq(stanza.text("id")), stanza);
        } else {
          queue(stanza, sizeBytes);
        }
      }
      case "ack" -> {
        if (stanza.text("class").equals("message")) {
          requests.complete(Requests.message(stanza.text("id")), stanza);
        }
      }
      case "success" -> {
        wire.loggedIn();
        queue(stanza, sizeBytes);
      }
      case "failure" -> wire.end(Ending.Failure.of(stanza));
      case "stream:error" -> streamError(Ending.StreamError.of(stanza));
      case "xmlstreamend" -> wire.end(new Ending.Lost("WhatsApp ended the stream"));
      default -> queue(stanza, sizeBytes);
    }
  }

  /// A server's request has the type `get` or `set`, or none.
  private static boolean isAnswer(Node iq) {
    return switch (iq.text("type")) {
      case "result", "error" -> true;
      default -> false;
    };
  }

  private void streamError(Ending.StreamError error) {
    if (Reactions.staysOpen(error)) {
      log.atWarn()
          .addKeyValue("account", account)
          .log("stream error {} {}", error.code(), error.children());
      announced = error;
    } else {
      wire.end(error);
    }
  }

  /// What the server has announced says more than the loss that follows.
  private Ending announcedOr(Ending otherwise) {
    Ending ending = announced;
    return otherwise instanceof Ending.Lost && ending != null ? ending : otherwise;
  }

  /// Ends this connection if it still stands.
  ///
  /// @return why it has ended, which may be something else and earlier
  Ending end(Ending ending) {
    wire.end(ending);
    Ending first = wire.ending();
    return announcedOr(first == null ? ending : first);
  }

  private void queue(Node stanza, int sizeBytes) {
    if (!inbox.offer(stanza, sizeBytes)) {
      wire.end(new Ending.Lost("more stanzas arrived than can wait"));
    }
  }

  @Override
  public void ended(Ending ending) {
    keepalive.stop();
    inbox.close();
    owner.ended(this, announcedOr(ending));
    // the writer is closed already; now nobody may wait any longer
    requests.close(ending instanceof Ending.Lost(String reason) ? reason : "closed");
  }

  @Override
  public boolean requestPending() {
    return inbox.requestsPending();
  }

  @Override
  public boolean paused() {
    return inbox.paused();
  }

  @Override
  public void ping(Runnable answered) {
    requests.forget(Requests.iq(lastPing));
    lastPing = nextId();
    try {
      CompletableFuture<Node> pong = requests.expect(Requests.iq(lastPing));
      var _ = pong.thenRun(answered);
      send(
          Node.of("iq")
              .with("id", lastPing)
              .with("to", Jid.WHATSAPP)
              .with("type", "get")
              .with("xmlns", "w:p"));
    } catch (NotConnected _) {
      // it has ended meanwhile, and its owner knows
    }
  }

  @Override
  public void dead(String reason) {
    wire.end(new Ending.Lost(reason));
  }
}
