package wildcat.simulator.connection;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import wildcat.simulator.answer.Reception;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.fault.Faults;
import wildcat.simulator.world.World;

/// The open port. A few event loops serve all connections; each connection stays with one of them, which
/// keeps its stanzas in order.
public final class Listener implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int SWEEP_SECONDS = 1;
  private static final int HTTP_IDLE_SECONDS = 60;

  private final EventLoopGroup loops;
  private final ChannelGroup channels;
  private final InetSocketAddress address;

  private Listener(EventLoopGroup loops, ChannelGroup channels, InetSocketAddress address) {
    this.loops = loops;
    this.channels = channels;
    this.address = address;
  }

  /// Who deals with what comes in.
  ///
  /// @param executor runs HTTP requests
  public record Hosts(
      World world,
      Reception reception,
      Faults faults,
      ServerIdentity identity,
      Depot depot,
      HttpHandler http,
      Executor executor) {}

  /// Listens when it returns.
  ///
  /// @throws IOException the port cannot be bound
  public static Listener open(InetSocketAddress where, Hosts hosts) throws IOException {
    var doorway = new Doorway(hosts.world(), hosts.reception(), hosts.faults(), hosts.identity());
    var tls = ServerCertificate.create().context();
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), 4);
    var loops = new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
    var channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channels.add(channel);
                    channel
                        .pipeline()
                        .addLast(new ReadTimeoutHandler(HTTP_IDLE_SECONDS))
                        .addLast(new OptionalSslHandler(tls))
                        .addLast(new HttpServerCodec())
                        .addLast(new MediaDoor(hosts.depot()))
                        .addLast(new BodyLimit(MAX_BODY_BYTES))
                        .addLast(new FrontDoor(doorway, hosts.http(), hosts.executor()));
                  }
                })
            .bind(where)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException("cannot listen on " + where, bound.cause());
    }
    channels.add(bound.channel());
    var _ =
        loops.scheduleAtFixedRate(
            () -> doorway.cutExpired(hosts.world().now()),
            SWEEP_SECONDS,
            SWEEP_SECONDS,
            TimeUnit.SECONDS);
    return new Listener(loops, channels, (InetSocketAddress) bound.channel().localAddress());
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return address;
  }

  /// Closes the port and every connection.
  @Override
  public void close() {
    channels.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
