package wildcat.client.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;

/// Small records of the application.
public abstract class RecordsContract extends StoreContract {
  private static final Bytes ONE = Bytes.ofUtf8("one");
  private static final Bytes TWO = Bytes.ofUtf8("two");

  protected RecordsContract(StoreFactory factory) {
    super(factory);
  }

  @Test
  void recordsAreKeptByCollectionAndKey() throws Exception {
    store.records().put("webhooks", "b", ONE);
    store.records().put("webhooks", "a", TWO);
    store.records().put("keys", "b", Bytes.empty());

    assertThat(store.records().get("webhooks", "b")).contains(ONE);
    assertThat(store.records().get("keys", "b")).contains(Bytes.empty());
    assertThat(store.records().get("keys", "a")).isEmpty();
    assertThat(store.records().all("webhooks")).containsExactly(entry("a", TWO), entry("b", ONE));
    assertThat(store.records().all("none")).isEmpty();
  }

  @Test
  void putReplaces() throws Exception {
    store.records().put("webhooks", "a", ONE);
    store.records().put("webhooks", "a", TWO);

    assertThat(store.records().get("webhooks", "a")).contains(TWO);
  }

  @Test
  void insertNeverReplaces() throws Exception {
    store.records().insert("webhooks", "a", ONE);

    assertThatExceptionOfType(StoreFailed.Conflict.class)
        .isThrownBy(() -> store.records().insert("webhooks", "a", TWO));
    assertThat(store.records().get("webhooks", "a")).contains(ONE);
  }

  @Test
  void removeTellsWhetherThereWasSomething() throws Exception {
    store.records().put("webhooks", "a", ONE);

    assertThat(store.records().remove("webhooks", "a")).isTrue();
    assertThat(store.records().remove("webhooks", "a")).isFalse();
    assertThat(store.records().get("webhooks", "a")).isEmpty();
  }
}
