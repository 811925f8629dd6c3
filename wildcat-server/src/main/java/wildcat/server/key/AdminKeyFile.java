package wildcat.server.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import wildcat.client.store.StoreFailed;

/// Sees to it that there is an administrator's key: made at the first start and written to a file that
/// only its owner may read.
public final class AdminKeyFile {
  private AdminKeyFile() {}

  /// Makes a key when the store has none at all, or when `anew`. The file is on disk before the key is
  /// valid, so that no crash leaves a server whose key nobody has.
  ///
  /// @return the key, if one was made
  public static Optional<KeyText> ensure(Keys keys, Path file, boolean anew)
      throws IOException, StoreFailed, InterruptedException {
    if (!keys.isEmpty() && !anew) {
      return Optional.empty();
    }
    Keys.Created created = keys.draft(Keys.Grant.admin("administrator"));
    write(file, created.text().text() + "\n");
    keys.add(created);
    return Optional.of(created.text());
  }

  private static void write(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = open(temporary, options)) {
      var bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileChannel open(Path path, Set<StandardOpenOption> options) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return FileChannel.open(
          path,
          options,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return FileChannel.open(path, options);
  }
}
