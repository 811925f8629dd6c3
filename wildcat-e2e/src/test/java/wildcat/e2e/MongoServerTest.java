package wildcat.e2e;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;

/// The same with the data in a MongoDB.
final class MongoServerTest extends ServerTest {
  private static final MongoServer MONGO =
      new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));

  private final String database = "e2e_" + System.identityHashCode(this);

  @BeforeAll
  static void startMongo() {
    MONGO.bind();
  }

  @AfterAll
  static void stopMongo() {
    MONGO.shutdownNow();
  }

  @Override
  Map<String, String> storeSettings() {
    return Map.of("MONGO_URL", MONGO.getConnectionString(), "DB_NAME", database);
  }

  /// Or the tests above would say nothing about MongoDB.
  @AfterEach
  void nothingIsInTheFolderButTheKeys(TestInfo test) throws Exception {
    try (var files = Files.list(folder.resolve("data"))) {
      Assertions.assertThat(files.map(Path::getFileName).map(Path::toString))
          .as(test.getDisplayName())
          .containsExactlyInAnyOrder("admin.key", "master.key");
    }
  }
}
