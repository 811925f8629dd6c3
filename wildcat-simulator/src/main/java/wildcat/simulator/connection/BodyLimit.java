package wildcat.simulator.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/// Collects a request's body up to a limit; beyond it answers 413 in JSON and closes.
final class BodyLimit extends HttpObjectAggregator {
  BodyLimit(int maxBytes) {
    super(maxBytes);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    FrontDoor.write(context, FrontDoor.json(413, "body too large"), false);
  }
}
