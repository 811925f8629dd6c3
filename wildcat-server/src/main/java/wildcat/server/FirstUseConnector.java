package wildcat.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import wildcat.client.transport.Connector;
import wildcat.client.transport.NettyConnector;

/// The network to WhatsApp, set up when the first account connects: that takes as long as half the server's
/// start, and nobody who asks whether the server is up needs it.
final class FirstUseConnector implements Connector, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable NettyConnector connector;

  @GuardedBy("lock")
  private boolean closed;

  @Override
  public Connection open(URI uri, Receiver receiver) throws IOException, InterruptedException {
    return connector().open(uri, receiver);
  }

  private NettyConnector connector() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("closed");
      }
      NettyConnector ready = connector;
      if (ready == null) {
        ready = new NettyConnector(NettyConnector.Options.DEFAULT);
        connector = ready;
      }
      return ready;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (connector != null) {
        connector.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
