package wildcat.protocol.ratchet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import wildcat.protocol.bytes.Secret;

/// Seeds of the messages of one chain that have not arrived yet, by counter. Immutable.
///
/// Both arrays are in ascending order of counters: a chain only moves forward.
final class SkippedSeeds {
  static final int SEED_BYTES = 32;

  static final SkippedSeeds NONE = new SkippedSeeds(new int[0], new byte[0]);

  private final int[] counters;
  private final byte[] seeds;

  private SkippedSeeds(int[] counters, byte[] seeds) {
    this.counters = counters;
    this.seeds = seeds;
  }

  /// Takes both arrays over.
  ///
  /// @param counters ascending
  /// @param seeds 32 bytes per counter
  static SkippedSeeds of(int[] counters, byte[] seeds) {
    if (seeds.length != counters.length * SEED_BYTES) {
      throw new IllegalArgumentException(counters.length + " counters, " + seeds.length + " B");
    }
    return counters.length == 0 ? NONE : new SkippedSeeds(counters, seeds);
  }

  int size() {
    return counters.length;
  }

  int counter(int position) {
    return counters[position];
  }

  void putSeed(int position, ByteBuffer target) {
    target.put(seeds, position * SEED_BYTES, SEED_BYTES);
  }

  Optional<Secret> find(int counter) {
    int position = Arrays.binarySearch(counters, counter);
    return position < 0
        ? Optional.empty()
        : Optional.of(
            Secret.wrap(
                Arrays.copyOfRange(seeds, position * SEED_BYTES, (position + 1) * SEED_BYTES)));
  }

  /// Without the seed of `counter`, which must be there.
  SkippedSeeds without(int counter) {
    int position = Arrays.binarySearch(counters, counter);
    var fewer = new int[counters.length - 1];
    var fewerSeeds = new byte[fewer.length * SEED_BYTES];
    System.arraycopy(counters, 0, fewer, 0, position);
    System.arraycopy(counters, position + 1, fewer, position, fewer.length - position);
    int split = position * SEED_BYTES;
    System.arraycopy(seeds, 0, fewerSeeds, 0, split);
    System.arraycopy(seeds, split + SEED_BYTES, fewerSeeds, split, fewerSeeds.length - split);
    return of(fewer, fewerSeeds);
  }

  /// With the seeds of `more` behind, whose counters are all higher. Keeps the newest 2,000.
  SkippedSeeds plus(SkippedSeeds more) {
    int dropped = Math.max(0, size() + more.size() - Limits.SKIPPED_PER_CHAIN);
    int kept = size() - dropped;
    if (kept <= 0) {
      return more;
    }
    var all = new int[kept + more.size()];
    System.arraycopy(counters, dropped, all, 0, kept);
    System.arraycopy(more.counters, 0, all, kept, more.size());
    var allSeeds = new byte[all.length * SEED_BYTES];
    System.arraycopy(seeds, dropped * SEED_BYTES, allSeeds, 0, kept * SEED_BYTES);
    System.arraycopy(more.seeds, 0, allSeeds, kept * SEED_BYTES, more.seeds.length);
    return of(all, allSeeds);
  }
}
