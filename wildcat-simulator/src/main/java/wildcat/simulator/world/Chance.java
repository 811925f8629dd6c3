package wildcat.simulator.world;

import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;

/// All randomness of a simulator, from one seed. Any thread may use it.
public final class Chance {
  private final long seed;
  private final RandomGenerator shared;

  Chance(long seed) {
    this.seed = seed;
    shared = new LockedRandom(seed);
  }

  public RandomGenerator shared() {
    return shared;
  }

  /// A generator that yields the same for the same name, whatever else has happened.
  public RandomGenerator of(String name) {
    return LockedRandom.named(seed, name);
  }

  public Bytes bytes(int count) {
    var bytes = new byte[count];
    shared.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
