package wildcat.client.store.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.store.contract.Samples.ALICE;
import static wildcat.client.store.contract.Samples.BOB;
import static wildcat.client.store.contract.Samples.address;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import wildcat.client.store.contract.Samples;
import wildcat.protocol.ratchet.RatchetRecord;

/// The cache never gives what is older than the database.
class RatchetCacheTest {
  private final RatchetCache cache = new RatchetCache(2);
  private final RatchetCache.View view = new RatchetCache.View();
  private final RatchetRecord older = new Samples(1).ratchet();
  private final RatchetRecord newer = new Samples(2).ratchet();

  @Test
  void whatWasCommittedIsFound() {
    cache.committed(view, Map.of(address(BOB, 0), Optional.of(newer)));

    assertThat(cache.get(view, address(BOB, 0))).containsSame(newer);
    assertThat(cache.get(view, address(BOB, 1))).isEmpty();
    assertThat(cache.get(new RatchetCache.View(), address(BOB, 0))).isEmpty();
  }

  @Test
  void whatWasRemovedIsForgotten() {
    cache.committed(view, Map.of(address(BOB, 0), Optional.of(newer)));
    cache.committed(view, Map.of(address(BOB, 0), Optional.empty()));

    assertThat(cache.get(view, address(BOB, 0))).isEmpty();
  }

  @Test
  void aReaderThatWasOvertakenByACommitBringsNothing() {
    long before = cache.commits(view);
    cache.committed(view, Map.of(address(BOB, 0), Optional.of(newer)));
    cache.committed(view, Map.of(address(ALICE, 0), Optional.of(newer)));
    cache.committed(view, Map.of(address(ALICE, 1), Optional.of(newer))); // evicts Bob's
    cache.keepRead(view, address(BOB, 0), older, before);

    assertThat(cache.get(view, address(BOB, 0))).isEmpty();
    cache.keepRead(view, address(BOB, 0), newer, cache.commits(view));
    assertThat(cache.get(view, address(BOB, 0))).containsSame(newer);
  }

  @Test
  void theOneUsedLongestAgoGoesFirst() {
    cache.committed(view, Map.of(address(BOB, 0), Optional.of(older)));
    cache.committed(view, Map.of(address(BOB, 1), Optional.of(older)));
    cache.get(view, address(BOB, 0));
    cache.committed(view, Map.of(address(BOB, 2), Optional.of(newer)));

    assertThat(cache.get(view, address(BOB, 0))).isPresent();
    assertThat(cache.get(view, address(BOB, 1))).isEmpty();
    assertThat(cache.get(view, address(BOB, 2))).isPresent();
  }

  @Test
  void aCacheOfNothingKeepsNothing() {
    var none = new RatchetCache(0);
    none.committed(view, Map.of(address(BOB, 0), Optional.of(newer)));

    assertThat(none.get(view, address(BOB, 0))).isEmpty();
  }
}
