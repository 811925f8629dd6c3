package wildcat.protocol.node;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates one zlib stream (RFC 1950) up to a limit.
final class Zlib {
  private static final int FIRST_SIZE_BYTES = 4096;

  private Zlib() {}

  /// @throws MalformedNode it is not one whole zlib stream, has something behind it, or inflates to
  ///     more than `maxBytes` (no more was inflated than one byte above)
  static byte[] inflate(byte[] in, int from, int maxBytes) throws MalformedNode {
    var inflater = new Inflater();
    try {
      inflater.setInput(in, from, in.length - from);
      // one byte more than allowed: a stream that fills the limit exactly must still be seen to end
      var out = new byte[Math.min(FIRST_SIZE_BYTES, maxBytes + 1)];
      int length = 0;
      while (true) {
        length += inflater.inflate(out, length, out.length - length);
        if (inflater.finished()) {
          break;
        }
        if (inflater.needsDictionary() || (inflater.needsInput() && length < out.length)) {
          throw new MalformedNode("a zlib stream that does not end");
        }
        if (length > maxBytes) {
          throw new MalformedNode("inflates to more than " + maxBytes + " B");
        }
        if (length == out.length) {
          out = Arrays.copyOf(out, Math.min(2 * length, maxBytes + 1));
        }
      }
      if (length > maxBytes) {
        throw new MalformedNode("inflates to more than " + maxBytes + " B");
      }
      if (inflater.getRemaining() > 0) {
        throw new MalformedNode(inflater.getRemaining() + " B after the zlib stream");
      }
      return Arrays.copyOf(out, length);
    } catch (DataFormatException e) {
      throw new MalformedNode("not a zlib stream");
    } finally {
      inflater.end();
    }
  }
}
