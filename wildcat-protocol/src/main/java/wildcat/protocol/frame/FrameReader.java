package wildcat.protocol.frame;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Splits the chunks of a WebSocket into frames, however they are cut. Not thread-safe.
///
///     +--------+--------+--------+------------- - -
///     |  length, 24 bit, big-endian  |  payload, `length` bytes
///     +--------+--------+--------+------------- - -
///
/// It holds what was fed and not yet returned, and nothing between whole frames. Who takes all frames
/// after each chunk keeps that below the limit plus one chunk.
/// Source: whatsmeow socket/framesocket.go, Baileys Utils/noise-handler.ts.
public final class FrameReader {
  /// The largest payload the length can announce.
  public static final int MAX_PAYLOAD_BYTES = (1 << 24) - 1;

  /// The largest edge-routing blob a client may put before its intro; real ones have some 20 bytes.
  static final int MAX_ROUTING_BYTES = 4096;

  static final byte[] PREINTRO = {'E', 'D', 0, 1};
  static final int LENGTH_BYTES = 3;

  private static final byte[] NOTHING = new byte[0];

  private enum Expecting {
    START,
    INTRO,
    FRAMES
  }

  private Expecting expecting;
  private int maxPayloadBytes;
  private byte[] buffer = NOTHING;
  private int from;
  private int to;

  private FrameReader(Expecting expecting, int maxPayloadBytes) {
    this.expecting = expecting;
    this.maxPayloadBytes = checked(maxPayloadBytes);
  }

  /// Reads what a server sends: frames from the first byte on.
  public static FrameReader ofServer(int maxPayloadBytes) {
    return new FrameReader(Expecting.FRAMES, maxPayloadBytes);
  }

  /// Reads what a client sends: an optional edge-routing preintro, the intro, then frames.
  public static FrameReader ofClient(int maxPayloadBytes) {
    return new FrameReader(Expecting.START, maxPayloadBytes);
  }

  private static int checked(int maxPayloadBytes) {
    if (maxPayloadBytes < 0) {
      throw new IllegalArgumentException("a limit of " + maxPayloadBytes + " B");
    }
    return maxPayloadBytes;
  }

  /// Changes the limit for the frames that follow (a server allows more after the login).
  public void limit(int maxPayloadBytes) {
    this.maxPayloadBytes = checked(maxPayloadBytes);
  }

  /// Takes over a chunk of the stream: the caller must not touch it again.
  public void feed(byte[] chunk) {
    if (from == to) {
      buffer = chunk;
      from = 0;
      to = chunk.length;
      return;
    }
    int size = Math.addExact(to - from, chunk.length);
    if (size > buffer.length) {
      var larger = new byte[Math.max(size, (int) Math.min(2L * buffer.length, 1 << 30))];
      System.arraycopy(buffer, from, larger, 0, to - from);
      buffer = larger;
    } else if (to + chunk.length > buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
    } else {
      System.arraycopy(chunk, 0, buffer, to, chunk.length);
      to += chunk.length;
      return;
    }
    System.arraycopy(chunk, 0, buffer, size - chunk.length, chunk.length);
    from = 0;
    to = size;
  }

  /// The payload of the next whole frame, if it has arrived.
  ///
  /// @throws MalformedFrame a frame above the limit was announced (nothing was allocated), or a
  ///     client did not begin with the intro; the reader stays where it is
  public Optional<byte[]> next() throws MalformedFrame {
    if (expecting != Expecting.FRAMES && !opened()) {
      return Optional.empty();
    }
    if (to - from < LENGTH_BYTES) {
      return Optional.empty();
    }
    int length = length(from);
    if (length > maxPayloadBytes) {
      throw new MalformedFrame("frame of " + length + " B > limit of " + maxPayloadBytes + " B");
    }
    int begin = from + LENGTH_BYTES;
    if (to - begin < length) {
      return Optional.empty();
    }
    byte[] payload = Arrays.copyOfRange(buffer, begin, begin + length);
    skip(LENGTH_BYTES + length);
    return Optional.of(payload);
  }

  private int length(int at) {
    return (buffer[at] & 255) << 16 | (buffer[at + 1] & 255) << 8 | (buffer[at + 2] & 255);
  }

  private void skip(int count) {
    from += count;
    if (from == to) {
      buffer = NOTHING;
      from = 0;
      to = 0;
    }
  }

  /// Reads preintro and intro; false while they are not whole.
  private boolean opened() throws MalformedFrame {
    if (expecting == Expecting.START) {
      if (from < to && buffer[from] == PREINTRO[0]) {
        if (!begins(PREINTRO) || !skipRoutingInfo()) {
          return false;
        }
      }
      if (from < to) {
        expecting = Expecting.INTRO;
      }
    }
    byte[] intro = FrameWriter.INTRO.toArray();
    if (!begins(intro)) {
      return false;
    }
    skip(intro.length);
    expecting = Expecting.FRAMES;
    return true;
  }

  private boolean skipRoutingInfo() throws MalformedFrame {
    int header = PREINTRO.length + LENGTH_BYTES;
    if (to - from < header) {
      return false;
    }
    int length = length(from + PREINTRO.length);
    if (length > MAX_ROUTING_BYTES) {
      throw new MalformedFrame(
          "routing info of " + length + " B > limit of " + MAX_ROUTING_BYTES + " B");
    }
    if (to - from < header + length) {
      return false;
    }
    expecting = Expecting.INTRO;
    skip(header + length);
    return true;
  }

  /// Whether all of `expected` has arrived.
  ///
  /// @throws MalformedFrame something else has
  private boolean begins(byte[] expected) throws MalformedFrame {
    int length = Math.min(expected.length, to - from);
    if (Arrays.mismatch(buffer, from, from + length, expected, 0, length) >= 0) {
      String start = HexFormat.of().formatHex(buffer, from, from + length);
      throw new MalformedFrame("a client begins with the intro, not with " + start);
    }
    return length == expected.length;
  }
}
