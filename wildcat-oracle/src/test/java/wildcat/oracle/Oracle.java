package wildcat.oracle;

/// How far the comparisons go and from where: `-Dwildcat.oracle.scale=100` does a hundred times as
/// many steps, `-Dwildcat.oracle.seed=N` begins at another (or at a failure's) seed.
final class Oracle {
  private static final int SCALE = Integer.getInteger("wildcat.oracle.scale", 1);
  private static final long SEED = Long.getLong("wildcat.oracle.seed", 20_260_101L);

  private Oracle() {}

  static long seed() {
    return SEED;
  }

  static int scaled(int steps) {
    return Math.multiplyExact(steps, SCALE);
  }

  static String step(int step) {
    return "step " + step + " of seed " + SEED;
  }
}
