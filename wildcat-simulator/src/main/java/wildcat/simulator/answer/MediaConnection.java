package wildcat.simulator.answer;

import wildcat.protocol.node.Node;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.world.Device;

/// Tells where files are uploaded and fetched: here. Source: whatsmeow mediaconn.go.
final class MediaConnection implements Request {
  private static final int TTL_SECONDS = 300;
  private static final int AUTH_TTL_SECONDS = 21_600;

  private final Depot depot;

  MediaConnection(Depot depot) {
    this.depot = depot;
  }

  @Override
  public Node answer(Node iq, Device from) {
    return Reply.result(
        iq,
        Node.of(
                "media_conn",
                Node.of("host").with("hostname", depot.host()).with("type", "primary"))
            .with("auth", depot.auth())
            .with("ttl", TTL_SECONDS)
            .with("auth_ttl", AUTH_TTL_SECONDS)
            .with("max_buckets", 12));
  }
}
