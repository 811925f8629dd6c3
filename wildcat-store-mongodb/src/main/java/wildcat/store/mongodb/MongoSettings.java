package wildcat.store.mongodb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import wildcat.protocol.bytes.Secret;

/// Which database, and what seals in it.
///
/// @param url a connection string, `mongodb://…` or `mongodb+srv://…`; it may hold a password
/// @param folder of this machine, for `master.key`; created when it is missing
/// @param masterKey 32 bytes; when empty the folder's `master.key` is used, and made with a new database
/// @param patience how long a call waits for a server that can be written to
/// @param cachedRatchets decoded ratchet records kept in memory, over all accounts; 0 for none
public record MongoSettings(
    String url,
    String database,
    Path folder,
    Optional<Secret> masterKey,
    Duration patience,
    int cachedRatchets) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CACHED_RATCHETS = 2_000;

  public MongoSettings {
    if (database.isEmpty() || cachedRatchets < 0) {
      throw new IllegalArgumentException(
          "a database needs a name, and " + cachedRatchets + " ratchets cannot be cached");
    }
  }

  public static MongoSettings of(String url, String database, Path folder) {
    return new MongoSettings(url, database, folder, Optional.empty(), PATIENCE, CACHED_RATCHETS);
  }

  public MongoSettings withPatience(Duration next) {
    return new MongoSettings(url, database, folder, masterKey, next, cachedRatchets);
  }

  public MongoSettings withMasterKey(Secret key) {
    return new MongoSettings(url, database, folder, Optional.of(key), patience, cachedRatchets);
  }

  /// Without the address, which may hold a password.
  @Override
  public String toString() {
    return "MongoDB, database " + database;
  }
}
