package wildcat.store.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Databases to test with: of the server `MONGO_URL` names, else of one in this process that speaks
/// MongoDB's protocol.
final class TestDatabase {
  private static final String GIVEN = Optional.ofNullable(System.getenv("MONGO_URL")).orElse("");
  private static @Nullable MongoServer server;

  private TestDatabase() {}

  /// A connection string; the server lives as long as the JVM.
  static String url() {
    return GIVEN.isBlank() ? inProcess() : GIVEN;
  }

  private static String inProcess() {
    MongoServer running = server;
    if (running == null) {
      running = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
      running.bind();
      server = running;
    }
    return running.getConnectionString();
  }

  /// A database that nobody has used.
  static MongoSettings fresh(Path folder) {
    return MongoSettings.of(
            url(), "wildcat_" + UUID.randomUUID().toString().replace("-", ""), folder)
        .withPatience(Duration.ofSeconds(20));
  }
}
