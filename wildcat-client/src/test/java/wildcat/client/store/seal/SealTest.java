package wildcat.client.store.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;

/// A sealed value opens in its own row, with its own key, and nowhere else.
class SealTest {
  private static final RowName ROW = RowName.of("sales", "ratchets", "1@lid");

  private final Seal seal = new Seal(new Random(1));
  private final SealKey key = seal.newKey();
  private final byte[] plain = "ratchet".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aValueComesBackAndNeverLooksTheSame() throws Exception {
    byte[] sealed = seal.seal(key, ROW, plain);

    assertThat(sealed).hasSize(plain.length + Seal.OVERHEAD_BYTES);
    assertThat(seal.open(key, ROW, sealed)).isEqualTo(plain);
    assertThat(seal.seal(key, ROW, plain)).isNotEqualTo(sealed);
    assertThat(seal.open(key, ROW, seal.seal(key, ROW, new byte[0]))).isEmpty();
  }

  @Test
  void aValueOpensInNoOtherRow() {
    byte[] sealed = seal.seal(key, ROW, plain);

    for (RowName other :
        List.of(
            RowName.of("support", "ratchets", "1@lid"),
            RowName.of("sales", "identities", "1@lid"),
            RowName.of("sales", "ratchets", "2@lid"),
            RowName.of("sales", "ratchets", "1@lid", ""),
            RowName.of("salesr", "atchets", "1@lid"))) {
      assertThatExceptionOfType(StoreFailed.Unreadable.class)
          .isThrownBy(() -> seal.open(key, other, sealed))
          .withMessage(other + " is damaged or sealed with another key");
    }
  }

  @Test
  void namesOfDifferentRowsNeverGiveTheSameBytes() {
    var seen = new HashSet<Bytes>();
    for (RowName row :
        List.of(
            RowName.of("a", "b", "c"),
            RowName.of("ab", "", "c"),
            RowName.of("a", "bc"),
            RowName.of("a", "b", "c", ""),
            RowName.of("a", "b", "", "c"),
            RowName.of("", "ab", "c"))) {
      assertThat(seen.add(Bytes.wrap(row.aad((byte) 1)))).as(row.toString()).isTrue();
    }
  }

  @Test
  void damageOfEveryKindIsUnreadable() {
    byte[] sealed = seal.seal(key, ROW, plain);
    byte[] newer = sealed.clone();
    newer[0] = 2;

    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> seal.open(key, ROW, newer))
        .withMessage("a row of ratchets of account sales is sealed in version 2, known is 1");
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> seal.open(seal.newKey(), ROW, sealed));
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatExceptionOfType(StoreFailed.Unreadable.class)
          .isThrownBy(() -> seal.open(key, ROW, cut));
    }
  }

  @Test
  void aKeyIsWrappedByAnotherAndPrintsNothing() throws Exception {
    SealKey master = seal.newKey();
    byte[] wrapped = seal.wrap(master, ROW, key);

    byte[] sealed = seal.seal(key, ROW, plain);
    assertThat(seal.open(seal.unwrap(master, ROW, wrapped), ROW, sealed)).isEqualTo(plain);
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> seal.unwrap(key, ROW, wrapped));
    assertThatExceptionOfType(StoreFailed.Unreadable.class)
        .isThrownBy(() -> seal.unwrap(key, ROW, sealed))
        .withMessage("a row of ratchets of account sales holds a key of 7 B");
    assertThat(key).hasToString("seal key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SealKey(Secret.wrap(new byte[31])))
        .withMessage("a key has 32 B, not 31");
  }

  @Test
  void manyThreadsShareOneSeal() throws Exception {
    var work = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 50; i++) {
      RowName row = RowName.of("sales", "ratchets", Integer.toString(i));
      work.add(() -> Arrays.equals(plain, seal.open(key, row, seal.seal(key, row, plain))));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
  }
}
