package wildcat.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The end of a log file, and what is written to it afterwards, also when it is begun anew in between.
/// Not thread-safe.
public final class Tail {
  private static final int MAX_LOOK_BACK_BYTES = 8 << 20;
  private static final int MAX_STEP_BYTES = 1 << 20;

  private final Path file;
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private long position;

  public Tail(Path file) {
    this.file = file;
  }

  /// The last lines there are, at most `count` and at most 8 MiB.
  ///
  /// @throws IOException there is no such file, or it cannot be read
  public List<String> last(int count) throws IOException {
    try (var channel = FileChannel.open(file)) {
      position = Math.max(0, channel.size() - MAX_LOOK_BACK_BYTES);
      boolean cut = position > 0;
      var lines = new ArrayList<String>();
      for (var step = read(channel); !step.isEmpty(); step = read(channel)) {
        lines.addAll(step);
      }
      int from = Math.max(cut ? 1 : 0, lines.size() - count);
      return from >= lines.size() ? List.of() : List.copyOf(lines.subList(from, lines.size()));
    }
  }

  /// The lines that were finished since the last call.
  ///
  /// @throws IOException the file is gone or cannot be read
  public List<String> more() throws IOException {
    try (var channel = FileChannel.open(file)) {
      if (channel.size() < position) {
        position = 0; // begun anew
        unfinished.reset();
      }
      return read(channel);
    }
  }

  private List<String> read(FileChannel channel) throws IOException {
    var lines = new ArrayList<String>();
    var step = ByteBuffer.allocate(MAX_STEP_BYTES);
    while (lines.isEmpty() && unfinished.size() < MAX_LOOK_BACK_BYTES) {
      step.clear();
      int length = channel.read(step, position);
      if (length <= 0) {
        break;
      }
      position += length;
      split(step.array(), length, lines);
    }
    return lines;
  }

  private void split(byte[] bytes, int length, List<String> lines) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        unfinished.write(bytes, start, i - start);
        lines.add(unfinished.toString(UTF_8));
        unfinished.reset();
        start = i + 1;
      }
    }
    unfinished.write(bytes, start, length - start);
  }
}
