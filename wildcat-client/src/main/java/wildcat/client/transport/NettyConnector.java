package wildcat.client.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// WebSockets on Netty: all connections of a process share a few threads. Thread-safe.
///
/// TLS is BoringSSL's where its native library is on the class path, the JDK's otherwise. Compression is not
/// offered: every frame is ciphertext. After the upgrade only TLS, the frame codec and one small handler stay
/// in a connection's pipeline.
public final class NettyConnector implements Connector, AutoCloseable {

  /// @param threads that serve all connections, 1 to 64
  /// @param timeout from the first packet to the open WebSocket
  /// @param maxMessageBytes the largest message that is read; a larger one closes the connection
  /// @param maxQueuedBytes what may wait to be written on one connection
  /// @param trusted roots to trust in place of the JDK's; empty for the JDK's
  public record Options(
      int threads,
      Duration timeout,
      int maxMessageBytes,
      int maxQueuedBytes,
      List<X509Certificate> trusted) {
    public static final Options DEFAULT =
        new Options(2, Duration.ofSeconds(20), 16 << 20, 4 << 20, List.of());

    public Options {
      trusted = List.copyOf(trusted);
      if (threads < 1 || threads > 64) {
        throw new IllegalArgumentException("1 to 64 network threads, not " + threads);
      }
    }

    public Options trusting(List<X509Certificate> roots) {
      return new Options(threads, timeout, maxMessageBytes, maxQueuedBytes, roots);
    }
  }

  private static final String SECURE = "wss";

  // the answer to an upgrade has no content; headers are a few hundred bytes
  private static final int MAX_HTTP_BYTES = 16_384;

  private final Options options;
  private final EventLoopGroup threads;
  private final SslContext tls;

  public NettyConnector(Options options) {
    this.options = options;
    tls = tls(options);
    threads =
        new MultiThreadIoEventLoopGroup(
            options.threads(),
            new DefaultThreadFactory("wildcat-net", true),
            NioIoHandler.newFactory());
  }

  /// Whether TLS is BoringSSL's.
  public static boolean isNative() {
    return OpenSsl.isAvailable();
  }

  private static SslContext tls(Options options) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(isNative() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
              .endpointIdentificationAlgorithm("HTTPS");
      if (!options.trusted().isEmpty()) {
        builder.trustManager(options.trusted());
      }
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("this runtime has no TLS", e);
    }
  }

  @Override
  public Connection open(URI uri, Receiver receiver) throws IOException, InterruptedException {
    boolean secure = uri.getScheme().equals(SECURE);
    if (!secure && !uri.getScheme().equals("ws")) {
      throw new IllegalArgumentException("not a WebSocket's address: " + uri.getScheme());
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    // looked up here, since Netty's own resolver would block the threads of all connections
    var addresses = new ArrayDeque<InetSocketAddress>();
    for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
      addresses.add(new InetSocketAddress(address, port));
    }
    var opening = new Opening(uri, secure, receiver, addresses);
    var late = threads.next().schedule(opening::late, options.timeout().toMillis(), MILLISECONDS);
    boolean done = false;
    try {
      opening.tryNext();
      Connection connection = opening.result.get();
      done = true;
      return connection;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? io
          : new IOException(String.valueOf(e.getCause()), e);
    } finally {
      late.cancel(false);
      if (!done) {
        opening.giveUp();
      }
    }
  }

  /// One WebSocket on its way: the addresses of the host are tried one after the other until one accepts.
  private final class Opening {
    private final URI uri;
    private final boolean secure;
    private final Receiver receiver;
    private final Deque<InetSocketAddress> addresses;
    private final CompletableFuture<Connection> result = new CompletableFuture<>();
    private volatile @Nullable Channel current;
    private volatile boolean abandoned;

    Opening(URI uri, boolean secure, Receiver receiver, Deque<InetSocketAddress> addresses) {
      this.uri = uri;
      this.secure = secure;
      this.receiver = receiver;
      this.addresses = addresses;
    }

    /// Called by the opener, then by the network's thread after each failure.
    void tryNext() {
      InetSocketAddress address = addresses.removeFirst();
      var handler = new WebSocketHandler(uri, options.maxMessageBytes(), receiver, result);
      ChannelFuture connecting =
          new Bootstrap()
              .group(threads)
              .channel(NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.SO_KEEPALIVE, true)
              .option(
                  ChannelOption.WRITE_BUFFER_WATER_MARK,
                  new WriteBufferWaterMark(options.maxQueuedBytes() / 2, options.maxQueuedBytes()))
              .option(
                  ChannelOption.CONNECT_TIMEOUT_MILLIS,
                  Math.toIntExact(options.timeout().toMillis() / (addresses.size() + 1)))
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      fill(channel, handler);
                    }
                  })
              .connect(address);
      current = connecting.channel();
      connecting.addListener(done -> {
        if (!done.isSuccess()) {
          refused(done.cause());
        }
      });
      if (abandoned || result.isCompletedExceptionally()) {
        giveUp();
      }
    }

    private void fill(SocketChannel channel, WebSocketHandler handler) {
      // a proxy's handler will have to come first
      if (secure) {
        SslHandler handshake = tls.newHandler(channel.alloc(), uri.getHost(), port());
        handshake.setHandshakeTimeout(options.timeout().toMillis(), MILLISECONDS);
        channel.pipeline().addLast(handshake);
      }
      channel
          .pipeline()
          .addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_HTTP_BYTES), handler);
    }

    private int port() {
      return uri.getPort() >= 0 ? uri.getPort() : 443;
    }

    private void refused(Throwable cause) {
      if (addresses.isEmpty() || abandoned || result.isDone()) {
        result.completeExceptionally(
            cause instanceof IOException ? cause : new IOException(cause.getMessage(), cause));
      } else {
        tryNext();
      }
    }

    void late() {
      result.completeExceptionally(
          new IOException("not open within " + options.timeout().toSeconds() + " s"));
    }

    void giveUp() {
      abandoned = true;
      Channel open = current;
      if (open != null) {
        var _ = open.close();
      }
    }
  }

  /// Closes all connections and ends the threads. Returns at once; they end within a few moments.
  @Override
  public void close() {
    var _ = threads.shutdownGracefully(0, 2_000, MILLISECONDS);
    ReferenceCountUtil.release(tls);
  }
}
