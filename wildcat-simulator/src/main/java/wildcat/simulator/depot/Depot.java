package wildcat.simulator.depot;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// The encrypted files of all accounts, in a folder of their own that is removed at the end. Nobody here can
/// read them. Any thread may call.
/// Source: whatsmeow upload.go and download.go.
public final class Depot implements AutoCloseable {
  /// All files together; beyond it the oldest go.
  static final long MAX_TOTAL_BYTES = 4L << 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final Path folder;
  private final RandomGenerator random;
  private final String auth;

  @GuardedBy("lock")
  private final Map<String, Blob> blobs = new LinkedHashMap<>();

  @GuardedBy("lock")
  private final Deque<Trouble> troubles = new ArrayDeque<>();

  @GuardedBy("lock")
  private long totalBytes;

  private volatile String host = "127.0.0.1";

  /// @throws IOException no folder can be made
  public Depot(RandomGenerator random) throws IOException {
    this.random = random;
    this.folder = Files.createTempDirectory("wildcat-depot-");
    this.auth = randomText(24);
  }

  /// A stored file.
  ///
  /// @param directPath where it is fetched, with its query
  /// @param gone whether the server pretends to have lost it
  public record Blob(String directPath, Path file, long bytes, boolean gone) {
    /// The path without its query.
    public String path() {
      return pathOf(directPath);
    }
  }

  /// What goes wrong with one of the next requests.
  ///
  /// @param upload or else download
  /// @param status answered instead of 200; 0: answered as usual, but damaged
  public record Trouble(boolean upload, int status, Damage damage) {}

  /// What happens to the bytes of a download.
  public enum Damage {
    NONE,
    /// The last byte is missing.
    TRUNCATED,
    /// A bit in the middle is another.
    FLIPPED
  }

  /// What uploads must present.
  public String auth() {
    return auth;
  }

  /// Host and port under which clients reach it.
  public String host() {
    return host;
  }

  /// Set once the port is known.
  public void servedAt(String hostAndPort) {
    host = hostAndPort;
  }

  /// One of the next requests of that kind fails.
  public void arm(Trouble trouble, int count) {
    lock.lock();
    try {
      for (int i = 0; i < Math.min(count, 100); i++) {
        troubles.add(trouble);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes the next trouble of that kind, if one is armed.
  public Optional<Trouble> trouble(boolean upload) {
    lock.lock();
    try {
      Optional<Trouble> next = troubles.stream().filter(t -> t.upload() == upload).findFirst();
      next.ifPresent(troubles::remove);
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Begins to take a file.
  public Intake intake() throws IOException {
    return new Intake(Files.createTempFile(folder, "up-", ".part"));
  }

  /// The file at that path, whatever its query.
  public Optional<Blob> find(String path) {
    lock.lock();
    try {
      return Optional.ofNullable(blobs.get(pathOf(path)));
    } finally {
      lock.unlock();
    }
  }

  /// All files, oldest first.
  public List<Blob> all() {
    lock.lock();
    try {
      return new ArrayList<>(blobs.values());
    } finally {
      lock.unlock();
    }
  }

  /// From now on downloads of every file that is there are answered with 404.
  public int loseAll() {
    lock.lock();
    try {
      blobs.replaceAll((_, blob) -> new Blob(blob.directPath(), blob.file(), blob.bytes(), true));
      return blobs.size();
    } finally {
      lock.unlock();
    }
  }

  /// Stands for the upload of the same file by somebody who still has it: it gets a new address.
  public Optional<Blob> again(String directPath) {
    lock.lock();
    try {
      Optional<Blob> lost = find(directPath);
      lost.ifPresent(blob -> blobs.remove(blob.path()));
      return lost.map(blob -> {
        var found = new Blob(newDirectPath(), blob.file(), blob.bytes(), false);
        blobs.put(found.path(), found);
        return found;
      });
    } finally {
      lock.unlock();
    }
  }

  private Blob keep(Path file, long bytes) throws IOException {
    lock.lock();
    try {
      var blob = new Blob(newDirectPath(), file, bytes, false);
      blobs.put(blob.path(), blob);
      totalBytes += bytes;
      while (totalBytes > MAX_TOTAL_BYTES && blobs.size() > 1) {
        Blob oldest = blobs.values().iterator().next();
        blobs.remove(oldest.path());
        totalBytes -= oldest.bytes();
        Files.deleteIfExists(oldest.file());
      }
      return blob;
    } finally {
      lock.unlock();
    }
  }

  private String newDirectPath() {
    return "/v/t62.7118-24/"
        + Long.toUnsignedString(random.nextLong())
        + "_n.enc?ccb=11-4&oh="
        + randomText(12)
        + "&oe=7F000000&_nc_sid=5e03e0";
  }

  private String randomText(int bytes) {
    var value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  private static String pathOf(String directPath) {
    int query = directPath.indexOf('?');
    return query < 0 ? directPath : directPath.substring(0, query);
  }

  /// Removes every file.
  @Override
  public void close() {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the depot's folder stays", e);
    }
  }

  /// A file on its way in. Belongs to one thread at a time.
  public final class Intake implements AutoCloseable {
    private final Path file;
    private final MessageDigest hash;
    private final DigestOutputStream out;
    private long bytes;
    private boolean kept;

    private Intake(Path file) throws IOException {
      this.file = file;
      try {
        hash = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
      out = new DigestOutputStream(Files.newOutputStream(file), hash);
    }

    /// Where to write.
    public OutputStream stream() {
      return out;
    }

    public void write(byte[] piece) throws IOException {
      out.write(piece);
      bytes += piece.length;
    }

    /// Keeps it if it is the file that the token names.
    ///
    /// @param token base64url of the file's SHA-256, with or without padding
    public Optional<Blob> finish(String token) throws IOException {
      out.close();
      String expected = Base64.getUrlEncoder().withoutPadding().encodeToString(hash.digest());
      if (!expected.equals(token.replace("=", ""))) {
        return Optional.empty();
      }
      return Optional.of(keepIt());
    }

    /// Keeps it, whatever it is.
    public Blob finish() throws IOException {
      out.close();
      bytes = Files.size(file);
      return keepIt();
    }

    private Blob keepIt() throws IOException {
      kept = true;
      return keep(file, bytes);
    }

    /// Drops what was not kept.
    @Override
    public void close() throws IOException {
      out.close();
      if (!kept) {
        Files.deleteIfExists(file);
      }
    }
  }
}
