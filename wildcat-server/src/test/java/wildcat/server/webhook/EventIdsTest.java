package wildcat.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventIdsTest {
  private final EventIds ids = new EventIds(new Random(7));

  /// Source: github.com/ulid/spec, the example 01ARZ3NDEKTSV4RRFFQ69G5FAV is of 2016-07-30T23:54:10.259Z.
  @Test
  void theTimeIsEncodedAsInTheUlidSpecification() {
    assertThat(ids.next(Instant.parse("2016-07-30T23:54:10.259Z")))
        .startsWith("evt_01ARZ3NDEK")
        .hasSize(30);
  }

  @Test
  void idsSortByTime() {
    assertThat(ids.next(Instant.parse("2026-11-04T09:49:25.526Z")))
        .isLessThan(ids.next(Instant.parse("2026-11-04T09:49:25.527Z")));
  }

  @Test
  void idsOfOneMomentDiffer() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(ids.next(Instant.EPOCH))).isTrue();
    }
  }
}
