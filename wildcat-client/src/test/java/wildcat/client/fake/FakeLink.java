package wildcat.client.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.session.AccountThread;
import wildcat.client.transport.Connector;
import wildcat.proto.ClientPayload;
import wildcat.protocol.frame.FrameReader;
import wildcat.protocol.frame.FrameWriter;
import wildcat.protocol.frame.MalformedFrame;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.MalformedNode;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeReader;
import wildcat.protocol.node.NodeWriter;
import wildcat.protocol.noise.HandshakeFailed;
import wildcat.protocol.noise.NoiseResponder;
import wildcat.protocol.noise.NoiseTransport;

/// The server's end of one connection. Requests that every login makes are answered by themselves unless the
/// test says otherwise; everything else is taken by the test, in order.
public final class FakeLink implements Connector.Connection {
  private final Connector.Receiver receiver;
  private final boolean mute;
  private final NoiseResponder responder;
  private final AccountThread network = new AccountThread(new AccountId("network"), "fake");
  private final FrameReader reader = FrameReader.ofClient(1 << 24);
  private final FrameWriter writer = FrameWriter.ofServer();
  private final LinkedBlockingQueue<Node> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<ClientPayload> payloads = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final ReentrantLock sealing = new ReentrantLock();
  private volatile Function<Node, Optional<Node>> answers = FakeLink::usual;
  private volatile @Nullable NoiseTransport transport;
  private volatile boolean reading = true;
  private boolean answered;

  FakeLink(FakeServer server, Connector.Receiver receiver, boolean mute) {
    this.receiver = receiver;
    this.mute = mute;
    responder =
        new NoiseResponder(
            server.curve,
            server.identity,
            server.curve.generate(server.random),
            server.certificates);
  }

  /// What the server answers by itself; an empty answer leaves the stanza to the test.
  public void answering(Function<Node, Optional<Node>> script) {
    answers = script;
  }

  /// The answers of a server that has plenty of pre-keys.
  public static Optional<Node> usual(Node stanza) {
    if (!stanza.is("iq") || stanza.text("type").equals("result")) {
      return Optional.empty();
    }
    Node result =
        Node.of("iq")
            .with("from", Jid.WHATSAPP)
            .with("id", stanza.text("id"))
            .with("type", "result");
    return switch (stanza.text("xmlns")) {
      case "encrypt" ->
          Optional.of(
              stanza.child("count").isPresent()
                  ? result.containing(Node.of("count").with("value", 500))
                  : result);
      case "passive", "w:p", "urn:xmpp:whatsapp:dirty" -> Optional.of(result);
      default -> Optional.empty();
    };
  }

  /// Called by the client.
  @Override
  public void send(byte[] message) throws IOException {
    if (closed.get()) {
      throw new IOException("closed");
    }
    network.execute(() -> take(message));
  }

  private void take(byte[] message) {
    try {
      reader.feed(message);
      for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        take0(frame.get());
      }
    } catch (MalformedFrame | MalformedNode | HandshakeFailed | InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private void take0(byte[] frame)
      throws HandshakeFailed, MalformedNode, InvalidProtocolBufferException {
    NoiseTransport cipher = transport;
    greeted.countDown();
    if (mute) {
      return;
    }
    if (!answered) {
      answered = true;
      receiver.received(writer.write(responder.answer(frame)));
    } else if (cipher == null) {
      NoiseResponder.Accepted accepted = responder.accept(frame);
      transport = accepted.transport();
      open.countDown();
      payloads.add(ClientPayload.parseFrom(accepted.clientPayload().toArray()));
    } else {
      Node stanza = NodeReader.read(cipher.open(frame));
      Optional<Node> answer = answers.apply(stanza);
      if (answer.isPresent()) {
        deliver(answer.get());
      } else {
        received.add(stanza);
      }
    }
  }

  /// What the client said of itself; the handshake is done then.
  public ClientPayload payload() {
    return FakeServer.taken(payloads, "client payload");
  }

  /// The next stanza that was not answered by itself.
  public Node take() {
    return FakeServer.taken(received, "stanza");
  }

  /// The next stanza with that tag; others before it are dropped.
  public Node take(String tag) {
    Node stanza = take();
    while (!stanza.is(tag)) {
      stanza = take();
    }
    return stanza;
  }

  /// Whether nothing waits to be taken.
  public boolean isQuiet() {
    return received.isEmpty();
  }

  /// Sends stanzas from the network's thread, once the handshake is done.
  public void push(Node... stanzas) {
    await(open, "no handshake");
    network.execute(() -> {
      for (Node stanza : stanzas) {
        deliver(stanza);
      }
    });
  }

  private void deliver(Node stanza) {
    NoiseTransport cipher = transport;
    if (cipher == null) {
      throw new AssertionError("no stanza before the handshake");
    }
    sealing.lock();
    try {
      receiver.received(writer.write(cipher.seal(NodeWriter.write(stanza))));
    } finally {
      sealing.unlock();
    }
  }

  /// Sends bytes as they are.
  public void pushRaw(byte[] bytes) {
    network.execute(() -> receiver.received(bytes));
  }

  /// The server or the network drops the connection.
  public void drop(String reason) {
    network.execute(() -> end(reason));
  }

  private void end(String reason) {
    if (closed.compareAndSet(false, true)) {
      gone.countDown();
      receiver.closed(reason);
    }
  }

  @Override
  public void reading(boolean enabled) {
    reading = enabled;
  }

  public boolean isReading() {
    return reading;
  }

  /// Called by the client.
  @Override
  public void close() {
    drop("closed by the client");
  }

  public boolean isClosed() {
    return closed.get();
  }

  /// Waits until everything the client has sent so far was taken, and answered where that goes by itself.
  public void settle() {
    var done = new CountDownLatch(1);
    network.execute(done::countDown);
    await(done, "the fake network hangs");
  }

  /// Waits until either side has closed.
  public void awaitClosed() {
    await(gone, "still open");
  }

  /// Waits for the ClientHello.
  public void awaitHello() {
    await(greeted, "no ClientHello");
  }

  private static void await(CountDownLatch latch, String otherwise) {
    try {
      if (!latch.await(FakeServer.WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(otherwise);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
