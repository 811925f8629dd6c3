package wildcat.simulator.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.protocol.frame.FrameReader;
import wildcat.protocol.frame.FrameWriter;
import wildcat.protocol.frame.MalformedFrame;
import wildcat.protocol.node.MalformedNode;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeReader;
import wildcat.protocol.noise.HandshakeFailed;
import wildcat.protocol.noise.NoiseResponder;
import wildcat.protocol.noise.NoiseTransport;
import wildcat.simulator.answer.Conversation;
import wildcat.simulator.fault.Action;
import wildcat.simulator.fault.Direction;

/// One client, from its WebSocket on: handshake, then one stanza after the other. Everything but
/// [#isExpired] and [#cut] runs on the channel's event loop, in wire order.
/// Source: protocol notes 01, sections 2, 3 and 6; 10, section 3.
final class ClientConnection extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int MAX_FRAME_BEFORE_LOGIN = 1 << 20;
  private static final int MAX_FRAME = (1 << 24) - 1;
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(20);
  private static final Duration UNLINKED_LIMIT = Duration.ofMinutes(3);
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(90);
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  private final Doorway doorway;
  private final Outlet outlet;
  private final FrameReader frames = FrameReader.ofClient(MAX_FRAME_BEFORE_LOGIN);
  private final FrameWriter handshakeFrames = FrameWriter.ofServer();
  private final Instant since;
  private volatile Instant lastRead;
  private @Nullable NoiseResponder responder;
  private @Nullable NoiseTransport transport;
  private volatile @Nullable Conversation conversation;

  ClientConnection(Channel channel, Doorway doorway) {
    this.doorway = doorway;
    outlet = new Outlet(channel, doorway.world(), doorway.faults());
    since = doorway.world().now();
    lastRead = since;
  }

  /// Whether it has been silent for too long, or still has not come to the point.
  boolean isExpired(Instant now) {
    Conversation begun = conversation;
    if (begun == null) {
      return now.isAfter(since.plus(HANDSHAKE_LIMIT));
    }
    return begun.isLoggedIn()
        ? now.isAfter(lastRead.plus(IDLE_LIMIT))
        : now.isAfter(since.plus(UNLINKED_LIMIT));
  }

  void cut() {
    outlet.cut();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case BinaryWebSocketFrame _, ContinuationWebSocketFrame _ -> bytes(context, frame.content());
      case PingWebSocketFrame ping ->
          write(context, new PongWebSocketFrame(ping.content().retain()));
      case CloseWebSocketFrame _ -> close(context);
      default -> {
        // pongs, and texts, which the protocol does not know
      }
    }
  }

  private void bytes(ChannelHandlerContext context, ByteBuf content) {
    lastRead = doorway.world().now();
    frames.feed(ByteBufUtil.getBytes(content));
    try {
      Optional<byte[]> payload = frames.next();
      while (payload.isPresent() && !outlet.isEnded()) {
        frame(context, payload.get());
        payload = frames.next();
      }
    } catch (MalformedFrame | HandshakeFailed e) {
      doorway.world().tally().decodeError();
      LOG.atInfo().setCause(e).log("connection with garbage");
      close(context);
    } catch (MalformedNode e) {
      doorway.world().tally().decodeError();
      LOG.atInfo().setCause(e).log("malformed stanza");
      outlet.end(Node.of("stream:error", Node.of("xml-not-well-formed")));
    }
  }

  private void frame(ChannelHandlerContext context, byte[] payload)
      throws HandshakeFailed, MalformedNode {
    if (transport != null) {
      Node stanza = NodeReader.read(transport.open(payload));
      doorway.world().log().add(doorway.world().now(), outlet.name(), true, stanza);
      incoming(context, stanza);
    } else if (responder == null) {
      responder = doorway.responder();
      byte[] answer = handshakeFrames.write(responder.answer(payload));
      write(context, new BinaryWebSocketFrame(Unpooled.wrappedBuffer(answer)));
    } else {
      accept(responder.accept(payload));
    }
  }

  private void accept(NoiseResponder.Accepted accepted) {
    transport = accepted.transport();
    outlet.open(accepted.transport());
    Conversation begun =
        doorway.reception().welcome(outlet, accepted.clientKey(), accepted.clientPayload());
    conversation = begun;
    if (begun.isLoggedIn()) {
      frames.limit(MAX_FRAME);
    }
    outlet.belongsTo(begun);
  }

  private void incoming(ChannelHandlerContext context, Node stanza) {
    Conversation current = conversation;
    if (current == null) {
      return;
    }
    Optional<Action> fault =
        doorway.faults().strike(Direction.INCOMING, current.pn(), current.lid(), stanza);
    switch (fault.orElse(null)) {
      case Action.Drop _ -> {
        // lost
      }
      case Action.Delay(var by) -> {
        Runnable late = () -> current.stanza(stanza);
        var _ = context.executor().schedule(late, by.toMillis(), TimeUnit.MILLISECONDS);
      }
      case Action.Duplicate _ -> {
        current.stanza(stanza);
        current.stanza(stanza);
      }
      case Action.CorruptEnc _ -> current.stanza(FaultyStanzas.corrupted(stanza));
      case Action.CutBefore _ -> close(context);
      case Action.CutAfter _ -> {
        current.stanza(stanza);
        outlet.cutAfterwards();
      }
      case Action.StreamError(int code) -> outlet.end(FaultyStanzas.streamError(code));
      case Action.IqError(int code, String text) ->
          outlet.send(FaultyStanzas.iqError(stanza, code, text));
      case Action.AckError(int code) -> outlet.send(FaultyStanzas.ackError(stanza, code));
      case Action.Failure _ -> current.stanza(stanza);
      case null -> current.stanza(stanza);
    }
  }

  private static void write(ChannelHandlerContext context, WebSocketFrame frame) {
    var _ = context.writeAndFlush(frame);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      outlet.drain();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Conversation begun = conversation;
    if (begun != null) {
      begun.closed();
    }
    doorway.left(this); // last: who counts no connection any more finds their devices gone, too
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atInfo().setCause(cause).log("connection failed");
    close(context);
  }
}
