package wildcat.client.store.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Secret;

/// The file `master.key`: 64 hexadecimal digits and a line end, readable by its owner only.
public final class MasterKey {
  private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
  private static final String FILE = "master.key";
  private static final int MAX_FILE_BYTES = 1024;

  private MasterKey() {}

  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /// @throws StoreFailed.Unreadable the file is missing or holds no key
  public static SealKey read(Path folder) throws IOException, StoreFailed {
    Path file = folder.resolve(FILE);
    String text;
    try (var in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.ISO_8859_1).strip();
    } catch (NoSuchFileException e) {
      throw new StoreFailed.Unreadable(
          "the master key "
              + file.toAbsolutePath()
              + " is missing, but the store beside it is sealed with it: put it back from a backup",
          e);
    }
    warnIfOthersCanRead(file);
    if (text.length() != 2 * SealKey.SIZE_BYTES || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw new StoreFailed.Unreadable(
          "the master key "
              + file.toAbsolutePath()
              + " must be 64 hexadecimal digits: put it back from a backup");
    }
    return new SealKey(Secret.wrap(HexFormat.of().parseHex(text)));
  }

  private static void warnIfOthersCanRead(Path file) throws IOException {
    if (!Folders.isPosix(file)) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      LOG.warn("the master key {} can be read by others: chmod 600 it", file.toAbsolutePath());
    }
  }

  /// Writes a new key, durable before it is used: what is sealed with a lost key is lost.
  public static void write(Path folder, Secret key) throws IOException {
    Path draft = folder.resolve(FILE + ".new");
    Files.deleteIfExists(draft);
    Folders.createFile(draft);
    byte[] text =
        (HexFormat.of().formatHex(key.expose()) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(text);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(folder);
  }
}
