package wildcat.server.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Store;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.server.webhook.EventJournal;

class AdminKeyFileTest {
  @TempDir Path folder;
  private final EventRecorder recorder = new EventJournal(new Random(1));
  private final Store store = new InMemoryStore(recorder, InstantSource.system());
  private Keys keys;

  @BeforeEach
  void load() throws Exception {
    keys = Keys.load(store.records(), InstantSource.system(), new Random(2));
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNoKeyThatNobodyHas() throws Exception {
    Path nowhere = folder.resolve("missing").resolve("admin.key");
    assertThatThrownBy(() -> AdminKeyFile.ensure(keys, nowhere, false))
        .isInstanceOf(IOException.class);
    assertThat(store.records().all("keys")).isEmpty();
  }

  @Test
  void anOldFileIsReplacedWhenTheStoreIsNew() throws Exception {
    Path file = Files.writeString(folder.resolve("admin.key"), "old");
    var made = AdminKeyFile.ensure(keys, file, false).orElseThrow();
    assertThat(Files.readString(file)).isEqualTo(made.text() + "\n");
    assertThat(folder.toFile().list()).containsExactly("admin.key");
  }

  @Test
  void aNewKeyIsMadeOnRequestAndTheOldOneStays() throws Exception {
    Path file = folder.resolve("admin.key");
    var first = AdminKeyFile.ensure(keys, file, false).orElseThrow();
    assertThat(AdminKeyFile.ensure(keys, file, false)).isEmpty();
    var second = AdminKeyFile.ensure(keys, file, true).orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(keys.authenticate(first.text())).isPresent();
    assertThat(keys.authenticate(second.text()).orElseThrow().may(Scope.ADMIN)).isTrue();
  }

  @Test
  void theUseOfAKeyIsWrittenAtMostOnceAnHourAndNeverBringsARevokedOneBack() throws Exception {
    var made = AdminKeyFile.ensure(keys, folder.resolve("admin.key"), false).orElseThrow();
    assertThat(keys.authenticate(made.text())).isPresent();
    String row = store.records().get("keys", made.id()).orElseThrow().utf8();
    assertThat(row).contains("lastUsedAt\":\"2");
    assertThat(keys.authenticate(made.text())).isPresent();
    assertThat(store.records().get("keys", made.id()).orElseThrow().utf8()).isEqualTo(row);
    keys.revoke(made.id());
    assertThat(keys.authenticate(made.text())).isEmpty();
    assertThat(store.records().all("keys")).isEmpty();
  }
}
