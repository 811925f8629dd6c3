package wildcat.protocol.frame;

import java.util.Optional;

/// Splits the chunks of a WebSocket into frames, however they are cut. Not thread-safe.
public final class FrameReader {

  /// Reads what a server sends: frames from the first byte on.
  public static FrameReader ofServer(int maxPayloadBytes) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Reads what a client sends: an optional edge-routing preintro, the intro, then frames.
  public static FrameReader ofClient(int maxPayloadBytes) {
    throw new UnsupportedOperationException("not built yet");
  }

  private FrameReader() {}

  /// Changes the limit for the frames that follow (a server allows more after the login).
  public void limit(int maxPayloadBytes) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// Takes over a chunk of the stream.
  public void feed(byte[] chunk) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// The payload of the next whole frame, if it has arrived.
  ///
  /// @throws MalformedFrame a frame above the limit was announced (nothing was allocated), or a
  ///     client did not begin with the intro
  public Optional<byte[]> next() throws MalformedFrame {
    throw new UnsupportedOperationException("not built yet");
  }
}
