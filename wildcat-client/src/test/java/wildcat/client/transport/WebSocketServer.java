package wildcat.client.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/// A WebSocket server of another make (Netty's server side) on a free port.
final class WebSocketServer implements AutoCloseable {
  private static final WebSocketServerProtocolConfig CONFIG =
      WebSocketServerProtocolConfig.newBuilder()
          .websocketPath("/ws/chat")
          .allowExtensions(true)
          .maxFramePayloadLength(1 << 25)
          .dropPongFrames(false)
          .build();

  private static final char[] PASSWORD = "changeit".toCharArray();

  final LinkedBlockingQueue<FullHttpRequest> upgrades = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Channel> connections = new LinkedBlockingQueue<>();
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;
  private final boolean secure;

  /// @param keyStore a resource with key and certificate, or null for no TLS
  WebSocketServer(@Nullable String keyStore) throws Exception {
    secure = keyStore != null;
    SslContext tls = keyStore == null ? null : tls(keyStore);
    listening =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(65_536),
                            new Upgrades(),
                            new WebSocketServerProtocolHandler(CONFIG),
                            new NotFound(),
                            new Frames());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  private final class Upgrades extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      upgrades.add(request.copy());
      var _ = context.fireChannelRead(request.retain());
    }
  }

  private static final class NotFound extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      var response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
      response.headers().set("content-length", 0);
      var _ = context.writeAndFlush(response);
    }
  }

  private final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
        connections.add(context.channel());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      received.add("failed: " + cause);
      var _ = context.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      ByteBuf content = frame.content();
      received.add(frame.getClass().getSimpleName() + " " + ByteBufUtil.hexDump(content));
    }
  }

  private static KeyStore keyStore(String resource) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = WebSocketServer.class.getResourceAsStream(resource)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static SslContext tls(String resource) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore(resource), PASSWORD);
    return SslContextBuilder.forServer(keys).build();
  }

  static X509Certificate certificate(String resource) throws Exception {
    return (X509Certificate) keyStore(resource).getCertificate("test");
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  URI uri(String path) {
    return URI.create((secure ? "wss" : "ws") + "://localhost:" + port() + path);
  }

  URI uri() {
    return uri("/ws/chat");
  }

  static <T> T taken(LinkedBlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(20, TimeUnit.SECONDS);
    if (value == null) {
      throw new AssertionError("nothing within 20 s");
    }
    return value;
  }

  @Override
  public void close() {
    var _ = listening.close();
    var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
