package wildcat.simulator.connection;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.protocol.bytes.Bytes;

/// The first request of a TCP connection: a client's WebSocket, or plain HTTP.
final class FrontDoor extends SimpleChannelInboundHandler<FullHttpRequest> {
  /// Where clients connect; its query, cookies and origin do not matter.
  static final String CHAT = "/ws/chat";

  private static final int MAX_MESSAGE_BYTES = (1 << 24) + (1 << 16);
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  private final Doorway doorway;
  private final HttpHandler http;
  private final Executor executor;

  FrontDoor(Doorway doorway, HttpHandler http, Executor executor) {
    this.doorway = doorway;
    this.http = http;
    this.executor = executor;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      write(context, json(400, "malformed request"), false);
      return;
    }
    var url = new QueryStringDecoder(request.uri());
    boolean upgrade =
        request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    if (upgrade && url.path().equals(CHAT) && request.method().equals(HttpMethod.GET)) {
      upgrade(context, request);
      return;
    }
    HttpCall call = call(context, request, url);
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    executor.execute(() -> write(context, answer(call), keepAlive));
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    // no extension is ever answered, so none is in use
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(CHAT, null, false, MAX_MESSAGE_BYTES)
            .newHandshaker(request);
    if (handshaker == null) {
      var _ = WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      return;
    }
    var connection = new ClientConnection(context.channel(), doorway);
    context.pipeline().replace(this, "client", connection);
    context.pipeline().remove(MediaDoor.class);
    context
        .pipeline()
        .remove(ReadTimeoutHandler.class); // connections of clients have their own limits
    doorway.entered(connection);
    var _ = handshaker.handshake(context.channel(), request);
  }

  private static HttpCall call(
      ChannelHandlerContext context, FullHttpRequest request, QueryStringDecoder url) {
    Map<String, String> query = new HashMap<>();
    url.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    boolean local =
        context.channel().remoteAddress() instanceof InetSocketAddress address
            && address.getAddress().isLoopbackAddress();
    return new HttpCall(
        request.method().name(),
        url.path(),
        query,
        Bytes.wrap(ByteBufUtil.getBytes(request.content())),
        local);
  }

  private HttpAnswer answer(HttpCall call) {
    try {
      return http.answer(call);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a request failed");
      return json(500, "internal error");
    }
  }

  static HttpAnswer json(int status, String error) {
    return new HttpAnswer(
        status, "application/json", Bytes.ofUtf8("{\"error\":\"" + error + "\"}"));
  }

  static void write(ChannelHandlerContext context, HttpAnswer answer, boolean keepAlive) {
    FullHttpResponse response = response(answer);
    HttpUtil.setKeepAlive(response, keepAlive);
    var written = context.writeAndFlush(response);
    if (!keepAlive) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /// The last response of its connection.
  static FullHttpResponse closing(HttpAnswer answer) {
    FullHttpResponse response = response(answer);
    HttpUtil.setKeepAlive(response, false);
    return response;
  }

  private static FullHttpResponse response(HttpAnswer answer) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body().toArray()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
    LOG.atDebug().setCause(cause).log("request failed");
    var _ = context.close();
  }
}
