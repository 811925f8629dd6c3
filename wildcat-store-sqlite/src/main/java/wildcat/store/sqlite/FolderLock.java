package wildcat.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import wildcat.client.store.StoreFailed;

/// Keeps a second process, or a second store of this one, out of the data folder. The operating system
/// gives the lock up when the process ends, however it ends.
final class FolderLock implements AutoCloseable {
  private static final String FILE = "wildcat.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws StoreFailed.Unavailable another one has the folder
  static FolderLock take(Path folder) throws IOException, StoreFailed {
    var channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      if (tryLock(channel) == null) {
        throw new StoreFailed.Unavailable(
            "the data folder "
                + folder.toAbsolutePath()
                + " is in use by another Wildcat; stop that one or choose another folder");
      }
      byte[] owner =
          ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0).write(ByteBuffer.wrap(owner), 0);
      taken = true;
      return new FolderLock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // held by this very process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
