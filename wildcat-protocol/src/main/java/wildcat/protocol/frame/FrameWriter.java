package wildcat.protocol.frame;

import wildcat.protocol.bytes.Bytes;

/// Puts the length before each payload, and in the client's role the intro before the first. Not
/// thread-safe.
///
/// What a client sends first, `routing info` only when it has one:
///
///     45 44 00 01 | length, 24 bit | routing info | 57 41 06 03 | first frame
///
/// Source: whatsmeow socket/framesocket.go, Baileys Utils/noise-handler.ts.
public final class FrameWriter {
  /// What a client sends before its first frame, and the Noise prologue of both sides: `WA`, magic 6,
  /// dictionary version 3.
  public static final Bytes INTRO = Bytes.ofHex("57410603");

  private byte[] opening;

  private FrameWriter(byte[] opening) {
    this.opening = opening;
  }

  /// @param routingInfo the blob the server pushed on an earlier connection, or empty bytes
  /// @throws IllegalArgumentException the blob has 2^24 bytes or more
  public static FrameWriter ofClient(Bytes routingInfo) {
    int size = routingInfo.length();
    if (size == 0) {
      return new FrameWriter(INTRO.toArray());
    }
    int header = FrameReader.PREINTRO.length + FrameReader.LENGTH_BYTES;
    var opening = new byte[header + size + INTRO.length()];
    System.arraycopy(FrameReader.PREINTRO, 0, opening, 0, FrameReader.PREINTRO.length);
    putLength(opening, FrameReader.PREINTRO.length, size);
    routingInfo.copyInto(opening, header);
    INTRO.copyInto(opening, header + size);
    return new FrameWriter(opening);
  }

  public static FrameWriter ofServer() {
    return new FrameWriter(new byte[0]);
  }

  /// The bytes of one WebSocket message: one whole frame, and the intro when it is the first.
  ///
  /// @throws IllegalArgumentException the payload has 2^24 bytes or more
  public byte[] write(byte[] payload) {
    int begin = opening.length + FrameReader.LENGTH_BYTES;
    var message = new byte[begin + payload.length];
    System.arraycopy(opening, 0, message, 0, opening.length);
    putLength(message, opening.length, payload.length);
    System.arraycopy(payload, 0, message, begin, payload.length);
    opening = new byte[0];
    return message;
  }

  private static void putLength(byte[] out, int at, int length) {
    if (length > FrameReader.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "frame of " + length + " B > limit of " + FrameReader.MAX_PAYLOAD_BYTES + " B");
    }
    out[at] = (byte) (length >> 16);
    out[at + 1] = (byte) (length >> 8);
    out[at + 2] = (byte) length;
  }
}
