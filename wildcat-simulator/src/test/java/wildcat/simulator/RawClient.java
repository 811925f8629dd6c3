package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wildcat.proto.ClientPayload;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.frame.FrameReader;
import wildcat.protocol.frame.FrameWriter;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeReader;
import wildcat.protocol.node.NodeWriter;
import wildcat.protocol.noise.NoiseInitiator;
import wildcat.protocol.noise.NoiseTransport;

/// A client that does only what a test tells it: handshake, then stanzas out and in.
final class RawClient implements AutoCloseable {
  /// What comes instead of a stanza when the connection is gone.
  private static final Node CLOSED = Node.of("closed");

  private final FrameReader frames = FrameReader.ofServer(1 << 24);
  private final FrameWriter writer = FrameWriter.ofClient(Bytes.empty());
  private final RawSocket socket;
  private @Nullable NoiseTransport transport;

  private RawClient(Simulator simulator) throws IOException {
    socket = new RawSocket(simulator.webSocket());
  }

  /// A WebSocket without a handshake.
  static RawClient connect(Simulator simulator) throws IOException {
    return new RawClient(simulator);
  }

  /// A finished handshake.
  static RawClient connect(Simulator simulator, KeyPair noise, ClientPayload payload)
      throws Exception {
    var client = new RawClient(simulator);
    Curve curve = Curve.standard();
    var handshake =
        new NoiseInitiator(curve, noise, curve.generate(new SecureRandom()), simulator.root());
    client.sendBytes(client.writer.write(handshake.hello()));
    byte[] hello = client.nextFrame();
    NoiseInitiator.Finish finish = handshake.finish(hello, payload.toByteArray(), Instant.now());
    client.sendBytes(client.writer.write(finish.message().toArray()));
    client.transport = finish.transport();
    return client;
  }

  void sendBytes(byte[] bytes) throws IOException {
    socket.send(bytes);
  }

  /// A frame of plaintext bytes, sealed.
  void sendSealed(byte[] plaintext) throws IOException {
    sendBytes(writer.write(opened().seal(plaintext)));
  }

  void send(Node stanza) throws IOException {
    sendSealed(NodeWriter.write(stanza));
  }

  private NoiseTransport opened() {
    if (transport == null) {
      throw new IllegalStateException("no handshake");
    }
    return transport;
  }

  private byte[] nextFrame() throws Exception {
    while (true) {
      var frame = frames.next();
      if (frame.isPresent()) {
        return frame.get();
      }
      byte[] chunk = socket.next();
      if (chunk.length == 0) {
        return chunk;
      }
      frames.feed(chunk);
    }
  }

  /// The next stanza, whatever it is; `<closed/>` when the connection has ended.
  Node next() throws Exception {
    byte[] frame = nextFrame();
    return frame.length == 0 ? CLOSED : NodeReader.read(opened().open(frame));
  }

  /// The next stanza that fits; others before it are dropped.
  Node next(Predicate<Node> fits) throws Exception {
    while (true) {
      Node stanza = next();
      if (fits.test(stanza)) {
        return stanza;
      }
      assertThat(stanza).as("the connection before the expected stanza").isNotEqualTo(CLOSED);
    }
  }

  Node next(String tag) throws Exception {
    return next(stanza -> stanza.is(tag));
  }

  /// Sends an iq and returns its answer.
  Node request(Node iq) throws Exception {
    send(iq);
    return next(stanza -> stanza.is("iq") && stanza.text("id").equals(iq.text("id")));
  }

  static Node iq(String id, String type, String namespace, Node... children) {
    Node iq =
        Node.of("iq")
            .with("id", id)
            .with("to", Jid.WHATSAPP)
            .with("type", type)
            .with("xmlns", namespace);
    return children.length == 0 ? iq : iq.containing(children);
  }

  boolean isClosed() throws Exception {
    return next().equals(CLOSED);
  }

  /// Leaves without a word.
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
