package wildcat.simulator.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.protocol.frame.FrameWriter;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeWriter;
import wildcat.protocol.noise.NoiseTransport;
import wildcat.simulator.answer.Conversation;
import wildcat.simulator.fault.Action;
import wildcat.simulator.fault.Direction;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.world.Link;
import wildcat.simulator.world.World;

/// The way out of a connection. Any thread may queue; the event loop takes stanzas from the queue in
/// order, seals and writes them, so nonce order is byte order.
final class Outlet implements Link {
  /// A client has this long to close after the last stanza.
  private static final int LINGER_MILLIS = 3_000;

  /// More than a full device queue written twice.
  private static final int MAX_WAITING = 50_000;

  private sealed interface Outgoing {
    record Stanza(Node node) implements Outgoing {}

    record Last(Node node) implements Outgoing {}

    record Cut() implements Outgoing {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  private final Channel channel;
  private final World world;
  private final Faults faults;
  private final ConcurrentLinkedQueue<Outgoing> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final FrameWriter frames = FrameWriter.ofServer();
  private volatile boolean ended;
  private @Nullable NoiseTransport transport; // event loop
  private @Nullable Conversation conversation; // event loop
  private boolean lastWritten; // event loop

  Outlet(Channel channel, World world, Faults faults) {
    this.channel = channel;
    this.world = world;
    this.faults = faults;
  }

  /// From now on stanzas can be written.
  void open(NoiseTransport established) {
    transport = established;
  }

  void belongsTo(Conversation begun) {
    conversation = begun;
    schedule();
  }

  /// Whether the last stanza was queued: nothing counts any more.
  boolean isEnded() {
    return ended;
  }

  @Override
  public void send(Node stanza) {
    if (!ended) {
      add(new Outgoing.Stanza(stanza));
    }
  }

  @Override
  public void end(Node last) {
    if (!ended) {
      ended = true;
      add(new Outgoing.Last(last));
    }
  }

  @Override
  public void cut() {
    ended = true;
    channel.eventLoop().execute(this::close);
  }

  /// Cuts the connection when all that is queued now was written.
  void cutAfterwards() {
    ended = true;
    add(new Outgoing.Cut());
  }

  private void add(Outgoing outgoing) {
    waiting.add(outgoing);
    if (waitingCount.incrementAndGet() > MAX_WAITING) {
      world.tally().violation("client does not read");
      cut();
      return;
    }
    schedule();
  }

  private void schedule() {
    if (!scheduled.getAndSet(true)) {
      channel
          .eventLoop()
          .execute(() -> {
            scheduled.set(false);
            drain();
          });
    }
  }

  /// Writes what the socket takes. On the event loop. A stanza that fails leaves a gap in the nonces, so
  /// nothing may follow it.
  void drain() {
    try {
      writeWaiting();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a stanza could not be written");
      cutNow();
    }
  }

  private void writeWaiting() {
    if (conversation == null) {
      return; // who this is must be known first, for the faults
    }
    while (channel.isWritable()) {
      Outgoing next = waiting.poll();
      if (next == null) {
        break;
      }
      waitingCount.decrementAndGet();
      switch (next) {
        case Outgoing.Stanza(Node node) -> strike(node);
        case Outgoing.Last(Node node) -> writeLast(node);
        case Outgoing.Cut _ -> closeWhenWritten();
      }
    }
    channel.flush();
  }

  private void strike(Node node) {
    switch (faults.strike(Direction.OUTGOING, pn(), lid(), node).orElse(null)) {
      case Action.Drop _ -> {
        // lost
      }
      case Action.Delay(var by) -> later(() -> write(node), by.toMillis());
      case Action.Duplicate _ -> {
        write(node);
        write(node);
      }
      case Action.CorruptEnc _ -> write(FaultyStanzas.corrupted(node));
      case Action.CutBefore _ -> cutNow();
      case Action.CutAfter _ -> {
        write(node);
        ended = true;
        lastWritten = true;
        closeWhenWritten();
      }
      case Action.StreamError(int code) -> {
        ended = true;
        writeLast(FaultyStanzas.streamError(code));
      }
      case Action.Failure _, Action.IqError _, Action.AckError _ -> write(node);
      case null -> write(node);
    }
  }

  private void cutNow() {
    ended = true;
    lastWritten = true;
    close();
  }

  private void close() {
    var _ = channel.close();
  }

  private void closeWhenWritten() {
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void later(Runnable what, long millis) {
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  what.run();
                  channel.flush();
                },
                millis,
                TimeUnit.MILLISECONDS);
  }

  private Jid pn() {
    return conversation == null ? Jid.WHATSAPP : conversation.pn();
  }

  private Jid lid() {
    return conversation == null ? Jid.WHATSAPP : conversation.lid();
  }

  private void write(Node node) {
    if (transport == null || lastWritten) {
      return;
    }
    world.log().add(world.now(), name(), false, node);
    byte[] frame = frames.write(transport.seal(NodeWriter.write(node)));
    var _ = channel.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(frame)));
  }

  /// The name of this connection in the stanza log.
  String name() {
    Jid pn = pn();
    return pn.equals(Jid.WHATSAPP) ? "unlinked" : pn.toString();
  }

  /// The client closes then; closing at once could destroy what it has not read yet.
  private void writeLast(Node node) {
    write(node);
    lastWritten = true;
    var _ = channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    later(this::close, LINGER_MILLIS);
  }
}
