package wildcat.simulator.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/// A part of a file, on request with one bit changed.
final class FilePart implements ReadableByteChannel {
  private final FileChannel file;
  private final long end;
  private final long flippedAt;
  private long at;

  /// @param flippedAt of which byte a bit is changed; -1 for none
  FilePart(FileChannel file, long from, long end, long flippedAt) {
    this.file = file;
    this.at = from;
    this.end = end;
    this.flippedAt = flippedAt;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (at >= end) {
      return -1;
    }
    int start = target.position();
    int limit = target.limit();
    target.limit(start + (int) Math.min(target.remaining(), end - at));
    int read = file.read(target, at);
    target.limit(limit);
    if (read > 0 && flippedAt >= at && flippedAt < at + read) {
      int index = start + (int) (flippedAt - at);
      target.put(index, (byte) (target.get(index) ^ 1));
    }
    at += Math.max(read, 0);
    return read;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
