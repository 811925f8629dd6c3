package wildcat.store.sqlite;

import java.nio.file.Path;
import java.util.Optional;
import wildcat.protocol.bytes.Secret;

/// Where an embedded store lies and how much memory it may take.
///
/// @param folder created when it is missing
/// @param masterKey 32 bytes; when empty the store keeps its own in the folder's `master.key`
/// @param readers connections that read at the same time, 1 to 64
/// @param cachedRatchets decoded ratchet records kept in memory, over all accounts; 0 for none
public record SqliteSettings(
    Path folder, Optional<Secret> masterKey, int readers, int cachedRatchets) {
  private static final int READERS = 4;
  private static final int MAX_READERS = 64;
  private static final int CACHED_RATCHETS = 2_000;

  public SqliteSettings {
    if (readers < 1 || readers > MAX_READERS) {
      throw new IllegalArgumentException(readers + " readers are not within 1.." + MAX_READERS);
    }
    if (cachedRatchets < 0) {
      throw new IllegalArgumentException("cannot cache " + cachedRatchets + " ratchets");
    }
  }

  public static SqliteSettings in(Path folder) {
    return new SqliteSettings(folder, Optional.empty(), READERS, CACHED_RATCHETS);
  }

  public SqliteSettings withMasterKey(Secret key) {
    return new SqliteSettings(folder, Optional.of(key), readers, cachedRatchets);
  }

  public SqliteSettings withReaders(int count) {
    return new SqliteSettings(folder, masterKey, count, cachedRatchets);
  }

  public SqliteSettings withCachedRatchets(int count) {
    return new SqliteSettings(folder, masterKey, readers, count);
  }
}
