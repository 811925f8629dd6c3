package wildcat.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.frame.FrameReader;
import wildcat.protocol.frame.MalformedFrame;

/// Frames, from a server and from a client: however the stream is cut, the same frames come out.
public final class FrameTarget {
  private static final int LIMIT = 4_096;

  private FrameTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 2, input.length);
    boolean server = (input[0] & 1) == 0;
    List<byte[]> whole = frames(server, stream, Math.max(1, stream.length));
    List<byte[]> cut = frames(server, stream, 1 + (input[1] & 0x1F));
    if (!Arrays.deepEquals(whole.toArray(), cut.toArray())) {
      throw new AssertionError("the frames depend on how the stream is cut");
    }
  }

  private static List<byte[]> frames(boolean server, byte[] stream, int chunk) {
    FrameReader reader = server ? FrameReader.ofServer(LIMIT) : FrameReader.ofClient(LIMIT);
    var frames = new ArrayList<byte[]>();
    try {
      for (int from = 0; from < stream.length; from += chunk) {
        reader.feed(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + chunk)));
        for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
          if (frame.get().length > LIMIT) {
            throw new AssertionError("a frame beyond the limit");
          }
          frames.add(frame.get());
        }
      }
    } catch (MalformedFrame e) {
      frames.add(new byte[] {-1});
    }
    return frames;
  }
}
