package wildcat.simulator.connection;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.concurrent.TimeUnit;

/// Collects a request's body up to a limit; beyond it answers 413 in JSON and closes.
///
/// Closed at once, the socket would answer what is still under way with a reset, and the caller might never
/// read why it was refused. So only our half is closed; what comes is dropped until the caller hangs up too.
final class BodyLimit extends HttpObjectAggregator {
  private static final long LINGER_SECONDS = 5;

  BodyLimit(int maxBytes) {
    super(maxBytes);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    var channel = (DuplexChannel) context.channel();
    var written = context.writeAndFlush(FrontDoor.closing(FrontDoor.json(413, "body too large")));
    var _ = written.addListener((ChannelFutureListener) _ -> linger(channel));
  }

  private static void linger(DuplexChannel channel) {
    var _ = channel.shutdownOutput();
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  var _ = channel.close();
                },
                LINGER_SECONDS,
                TimeUnit.SECONDS);
  }
}
