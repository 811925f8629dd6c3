package wildcat.protocol.frame;

import wildcat.protocol.bytes.Bytes;

/// Puts the length before each payload, and in the client's role the intro before the first. Not
/// thread-safe.
public final class FrameWriter {
  /// What a client sends before its first frame, and the Noise prologue of both sides: `WA`, magic 6,
  /// dictionary version 3.
  public static final Bytes INTRO = Bytes.ofHex("57410603");

  /// @param routingInfo the blob the server pushed on an earlier connection, or empty bytes
  public static FrameWriter ofClient(Bytes routingInfo) {
    throw new UnsupportedOperationException("not built yet");
  }

  public static FrameWriter ofServer() {
    throw new UnsupportedOperationException("not built yet");
  }

  private FrameWriter() {}

  /// The bytes of one WebSocket message: one whole frame, and the intro when it is the first.
  ///
  /// @throws IllegalArgumentException the payload has 2^24 bytes or more
  public byte[] write(byte[] payload) {
    throw new UnsupportedOperationException("not built yet");
  }
}
