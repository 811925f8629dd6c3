package wildcat.client.fake;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import wildcat.client.transport.Connector;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.noise.ServerCertificates;

/// Accepts connections in place of a network. Each becomes a [FakeLink], which the test takes and plays.
public final class FakeServer implements Connector {
  static final int WAIT_SECONDS = 20;

  final Curve curve = Curve.standard();
  final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  final KeyPair identity = curve.generate(random);
  final Bytes certificates;
  private final KeyPair root = curve.generate(random);
  private final LinkedBlockingQueue<FakeLink> links = new LinkedBlockingQueue<>();
  private volatile @Nullable String refusal;
  private volatile boolean silentHandshake;

  public FakeServer(Instant now) {
    certificates =
        ServerCertificates.issue(
            curve,
            root,
            identity.publicKey(),
            now.minus(Duration.ofDays(1)),
            now.plus(Duration.ofDays(3650)));
  }

  public PublicKey root() {
    return root.publicKey();
  }

  /// Lets every connection fail from now on.
  public void refuse(String reason) {
    refusal = reason;
  }

  public void accept() {
    refusal = null;
  }

  /// Leaves every ClientHello from now on without an answer.
  public void stayMute() {
    silentHandshake = true;
  }

  @Override
  public Connection open(URI uri, Receiver receiver) throws IOException {
    String reason = refusal;
    if (reason != null) {
      throw new IOException(reason);
    }
    var link = new FakeLink(this, receiver, silentHandshake);
    links.add(link);
    return link;
  }

  /// The next connection, once it is there.
  public FakeLink next() {
    return taken(links, "connection");
  }

  /// The next connection, for which `meanwhile` is run again and again.
  public FakeLink next(Runnable meanwhile) {
    try {
      for (int i = 0; i < 20_000; i++) {
        FakeLink link = links.poll(1, TimeUnit.MILLISECONDS);
        if (link != null) {
          return link;
        }
        meanwhile.run();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no connection");
  }

  /// Whether no connection waits to be taken.
  public boolean isIdle() {
    return links.isEmpty();
  }

  static <T> T taken(LinkedBlockingQueue<T> queue, String what) {
    try {
      T value = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (value == null) {
        throw new AssertionError("no " + what + " within " + WAIT_SECONDS + " s");
      }
      return value;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
