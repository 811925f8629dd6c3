package wildcat.client.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import wildcat.client.store.Credentials;
import wildcat.client.time.Timers;
import wildcat.client.transport.Connector;
import wildcat.protocol.frame.FrameReader;
import wildcat.protocol.frame.FrameWriter;
import wildcat.protocol.frame.MalformedFrame;
import wildcat.protocol.node.MalformedNode;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeReader;
import wildcat.protocol.node.NodeWriter;
import wildcat.protocol.noise.HandshakeFailed;
import wildcat.protocol.noise.NoiseInitiator;
import wildcat.protocol.noise.NoiseTransport;

/// One connection as a stream of stanzas: WebSocket, frames, Noise, nodes. Used once.
///
/// Written by any thread, each stanza sealed and queued under one lock, so that the order of nonces is the
/// order of bytes. Read by the network's thread, which alone touches the frame reader. Whoever finds
/// something wrong calls [#end]; the first reason counts.
final class Wire implements Connector.Receiver {
  /// From the opened socket to the first stanza of the server.
  static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(20);

  static final int MAX_FRAME_BYTES_BEFORE_LOGIN = 1 << 20;
  static final int MAX_FRAME_BYTES = (1 << 24) - 1;

  /// Takes what arrives. Must not block.
  interface Reader {
    /// Called by the network's thread.
    void stanza(Node stanza, int sizeBytes);

    /// Nothing can be written any more and nothing follows. Called once, by whoever ended the connection,
    /// also when it never came about.
    void ended(Ending ending);
  }

  private enum Phase {
    HELLO_SENT,
    ANSWERED,
    OPEN
  }

  private final Reader reader;
  private final FrameReader frames = FrameReader.ofServer(MAX_FRAME_BYTES_BEFORE_LOGIN);
  private final CompletableFuture<byte[]> serverHello = new CompletableFuture<>();
  private final ReentrantLock writing = new ReentrantLock();

  @GuardedBy("writing")
  private final FrameWriter framing;

  @GuardedBy("writing")
  private Connector.@Nullable Connection connection;

  @GuardedBy("writing")
  private @Nullable Thread opener;

  private volatile @Nullable Ending ended;
  private volatile Phase phase = Phase.HELLO_SENT;

  // set before the phase becomes OPEN
  private volatile @Nullable NoiseTransport transport;
  private volatile Timers.@Nullable Timer limit;

  Wire(Reader reader, Credentials credentials) {
    this.reader = reader;
    framing = FrameWriter.ofClient(credentials.routingInfo());
  }

  /// Connects and does the handshake. Blocks for its length, on a thread of its own, which [#end] may
  /// interrupt. A failure ends the connection.
  ///
  /// @param payload the encoded ClientPayload
  void open(Surroundings outside, Credentials credentials, byte[] payload) {
    if (!opening(Thread.currentThread())) {
      return;
    }
    try {
      handshake(outside, credentials, payload);
    } catch (IOException e) {
      end(new Ending.Lost("cannot connect: " + e.getMessage()));
    } catch (HandshakeFailed e) {
      end(new Ending.Lost("the handshake failed: " + e.getMessage()));
    } catch (InterruptedException _) {
      // whoever interrupted has ended the connection before; this is for a thread killed from
      // outside
      end(new Ending.Closed("given up while connecting"));
    } finally {
      opening(null);
    }
  }

  private boolean opening(@Nullable Thread thread) {
    writing.lock();
    try {
      opener = thread;
      return ended == null;
    } finally {
      writing.unlock();
    }
  }

  private void handshake(Surroundings outside, Credentials credentials, byte[] payload)
      throws IOException, HandshakeFailed, InterruptedException {
    var initiator =
        new NoiseInitiator(
            outside.curve(),
            credentials.noiseKey(),
            outside.curve().generate(outside.random()),
            outside.root());
    attach(outside.connector().open(outside.server(), this));
    limit =
        outside
            .timers()
            .after(
                HANDSHAKE_LIMIT,
                () ->
                    end(new Ending.Lost("no answer within " + HANDSHAKE_LIMIT.toSeconds() + " s")));
    write(initiator.hello(), false);
    byte[] hello;
    try {
      hello = serverHello.get();
    } catch (ExecutionException e) {
      throw new IOException("closed during the handshake", e);
    }
    NoiseInitiator.Finish finish = initiator.finish(hello, payload, outside.clock().instant());
    transport = finish.transport();
    phase = Phase.OPEN;
    write(finish.message().toArray(), false);
  }

  private void attach(Connector.Connection opened) throws IOException {
    writing.lock();
    try {
      if (ended == null) {
        connection = opened;
        return;
      }
    } finally {
      writing.unlock();
    }
    opened.close();
    throw new IOException("closed while it was opened");
  }

  /// Seals and queues a stanza; returns before it is on the wire.
  void send(Node stanza) throws NotConnected {
    byte[] plaintext = NodeWriter.write(stanza);
    try {
      write(plaintext, true);
    } catch (IOException e) {
      // a frame that was sealed but not queued would leave a hole in the nonces
      end(new Ending.Lost("cannot write: " + e.getMessage()));
      throw new NotConnected("the connection is closed");
    }
  }

  private void write(byte[] payload, boolean seal) throws IOException {
    writing.lock();
    try {
      NoiseTransport cipher = transport;
      if (ended != null || connection == null || (seal && cipher == null)) {
        throw new IOException("closed");
      }
      byte[] frame = seal && cipher != null ? cipher.seal(payload) : payload;
      connection.send(framing.write(frame));
    } finally {
      writing.unlock();
    }
  }

  /// Stops or resumes reading from the socket.
  void reading(boolean enabled) {
    Connector.Connection open;
    writing.lock();
    try {
      open = connection;
    } finally {
      writing.unlock();
    }
    if (open != null) {
      open.reading(enabled);
    }
  }

  /// Lets frames be as large as the format allows. For the network's thread.
  void loggedIn() {
    frames.limit(MAX_FRAME_BYTES);
  }

  /// Closes the socket. No effect when something else has ended the connection before.
  void end(Ending ending) {
    Connector.Connection open;
    writing.lock();
    try {
      if (ended != null) {
        return;
      }
      ended = ending;
      open = connection;
      if (opener != null && opener != Thread.currentThread()) {
        opener.interrupt();
      }
    } finally {
      writing.unlock();
    }
    Timers.Timer waiting = limit;
    if (waiting != null) {
      waiting.close();
    }
    if (open != null) {
      open.close();
    }
    serverHello.completeExceptionally(new IOException("closed"));
    reader.ended(ending);
  }

  /// Why the connection has ended, or null while it stands.
  @Nullable Ending ending() {
    return ended;
  }

  @Override
  public void received(byte[] chunk) {
    try {
      frames.feed(chunk);
      Optional<byte[]> frame = frames.next();
      while (frame.isPresent() && ended == null) {
        take(frame.get());
        frame = frames.next();
      }
    } catch (MalformedFrame e) {
      end(new Ending.Lost("malformed frame: " + e.getMessage()));
    } catch (MalformedNode e) {
      end(new Ending.Lost("malformed stanza: " + e.getMessage()));
    } catch (HandshakeFailed e) {
      end(new Ending.Lost("a frame does not decrypt: " + e.getMessage()));
    }
  }

  private void take(byte[] frame) throws MalformedNode, HandshakeFailed {
    switch (phase) {
      case HELLO_SENT -> {
        phase = Phase.ANSWERED;
        serverHello.complete(frame);
      }
      case ANSWERED -> throw new HandshakeFailed("the server did not wait for the client");
      case OPEN -> {
        Timers.Timer waiting = limit;
        if (waiting != null) {
          waiting.close();
          limit = null;
        }
        NoiseTransport cipher = transport;
        if (cipher != null) {
          reader.stanza(NodeReader.read(cipher.open(frame)), frame.length);
        }
      }
    }
  }

  @Override
  public void closed(String reason) {
    end(new Ending.Lost(reason));
  }
}
