package wildcat.client.transport;

import java.io.IOException;
import java.net.URI;

/// Opens WebSockets.
public interface Connector {
  /// Blocks until the WebSocket is open.
  ///
  /// @param receiver gets everything that arrives, in order, from a network thread
  /// @throws IOException it could not be opened within the connector's time limit
  Connection open(URI uri, Receiver receiver) throws IOException, InterruptedException;

  /// An open WebSocket.
  interface Connection extends AutoCloseable {
    /// Queues one binary message; the order of calls is the order on the wire.
    ///
    /// @throws IOException the connection is closed, or more is queued than the limit allows
    void send(byte[] message) throws IOException;

    /// Stops or resumes reading from the socket, for back-pressure.
    void reading(boolean enabled);

    /// Closes the socket. [Receiver#closed] follows, once.
    @Override
    void close();
  }

  /// What arrives. Called by a network thread: must not block.
  interface Receiver {
    /// A piece of the byte stream; pieces have no meaning as units.
    void received(byte[] chunk);

    /// Nothing follows. Called exactly once for an opened connection, whoever closed it.
    void closed(String reason);
  }
}
