package wildcat.client.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Upgrades one HTTP connection to a WebSocket, then passes its bytes on. Used by the network's thread, except
/// what [Connector.Connection] allows to all.
///
/// Source: RFC 6455; whatsmeow socket/constants.go for the origin.
final class WebSocketHandler extends ChannelInboundHandlerAdapter {
  private static final String ORIGIN = "https://web.whatsapp.com";
  private static final int NORMAL_CLOSURE = 1000;

  private final int maxMessageBytes;
  private final Connector.Receiver receiver;
  private final CompletableFuture<Connector.Connection> opened;
  private final URI uri;

  // gone after the upgrade
  private @Nullable WebSocketClientHandshaker handshaker;
  private boolean open;
  private boolean ignoring;
  private long messageBytes;
  private String reason = "the socket was closed";

  WebSocketHandler(
      URI uri,
      int maxMessageBytes,
      Connector.Receiver receiver,
      CompletableFuture<Connector.Connection> opened) {
    this.uri = uri;
    this.maxMessageBytes = maxMessageBytes;
    this.receiver = receiver;
    this.opened = opened;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var headers = new DefaultHttpHeaders().set(HttpHeaderNames.ORIGIN, ORIGIN);
    WebSocketClientHandshaker upgrade =
        WebSocketClientHandshakerFactory.newHandshaker(
            uri, WebSocketVersion.V13, null, false, headers, maxMessageBytes);
    handshaker = upgrade;
    upgrade
        .handshake(context.channel())
        .addListener(done -> {
          if (!done.isSuccess()) {
            fail(context, done.cause());
          }
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof FullHttpResponse response) {
        upgraded(context, response);
      } else if (message instanceof WebSocketFrame frame) {
        take(context, frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void upgraded(ChannelHandlerContext context, FullHttpResponse response) {
    WebSocketClientHandshaker upgrade = handshaker;
    if (upgrade == null) {
      fail(context, new IOException("HTTP after the upgrade"));
      return;
    }
    try {
      upgrade.finishHandshake(context.channel(), response);
    } catch (WebSocketHandshakeException e) {
      fail(context, new IOException("no WebSocket: HTTP " + response.status().code(), e));
      return;
    }
    handshaker = null;
    open = opened.complete(new Open(context.channel()));
    if (!open) {
      var _ = context.close();
    }
  }

  private void take(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case BinaryWebSocketFrame binary -> {
        messageBytes = 0;
        ignoring = false;
        pass(context, binary);
      }
      case ContinuationWebSocketFrame continuation -> pass(context, continuation);
      case TextWebSocketFrame _ -> ignoring = true;
      case PingWebSocketFrame ping ->
          send(context, new PongWebSocketFrame(ping.content().retain()));
      case CloseWebSocketFrame close -> {
        reason = "the server closed the WebSocket (" + close.statusCode() + ")";
        send(context, new CloseWebSocketFrame(NORMAL_CLOSURE, ""));
        var _ = context.close();
      }
      default -> {}
    }
  }

  private static void send(ChannelHandlerContext context, WebSocketFrame frame) {
    var _ = context.writeAndFlush(frame);
  }

  private void pass(ChannelHandlerContext context, WebSocketFrame frame) {
    ByteBuf content = frame.content();
    messageBytes += content.readableBytes();
    if (messageBytes > maxMessageBytes) {
      fail(
          context,
          new IOException(
              "message of " + messageBytes + " B > limit of " + maxMessageBytes + " B"));
    } else if (!ignoring && content.isReadable()) {
      var chunk = new byte[content.readableBytes()];
      content.readBytes(chunk);
      receiver.received(chunk);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, cause);
  }

  private void fail(ChannelHandlerContext context, Throwable cause) {
    reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    opened.completeExceptionally(
        cause instanceof IOException ? cause : new IOException(reason, cause));
    var _ = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (open) {
      open = false;
      receiver.closed(reason);
    } else {
      opened.completeExceptionally(new IOException(reason));
    }
  }

  /// For tests: what is in the pipeline of an open connection.
  static List<String> handlers(Connector.Connection connection) {
    return connection instanceof Open(Channel channel)
        ? channel.pipeline().toMap().values().stream()
            .map(handler -> handler.getClass().getSimpleName())
            .toList()
        : List.of();
  }

  /// What the opener holds.
  private record Open(Channel channel) implements Connector.Connection {
    @Override
    public void send(byte[] message) throws IOException {
      if (!channel.isActive()) {
        throw new IOException("the socket is closed");
      }
      if (!channel.isWritable()) {
        throw new IOException("more bytes wait to be written than the limit allows");
      }
      if (channel.eventLoop().inEventLoop()) {
        // behind what other threads have queued
        channel.eventLoop().execute(() -> write(message));
      } else {
        write(message);
      }
    }

    private void write(byte[] message) {
      channel
          .writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void reading(boolean enabled) {
      channel.config().setAutoRead(enabled);
    }

    @Override
    public void close() {
      if (channel.isActive()) {
        // as far as it can be written at once: a peer that does not read must not keep the socket
        var _ = channel.writeAndFlush(new CloseWebSocketFrame(NORMAL_CLOSURE, ""));
      }
      var _ = channel.close();
    }
  }
}
