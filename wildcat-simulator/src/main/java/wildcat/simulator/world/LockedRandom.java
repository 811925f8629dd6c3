package wildcat.simulator.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A seeded generator that any thread may use. Predictable on purpose, so that runs repeat: fit for a
/// simulator only.
public final class LockedRandom implements RandomGenerator {
  private final ReentrantLock lock = new ReentrantLock();
  private final RandomGenerator generator;

  public LockedRandom(long seed) {
    generator = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// A generator of its own for `name`: what one account draws does not depend on the others.
  public static LockedRandom named(long seed, String name) {
    return new LockedRandom(hash(seed, name));
  }

  /// 64 bits that depend on nothing but the arguments.
  static long hash(long seed, String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
      return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public long nextLong() {
    lock.lock();
    try {
      return generator.nextLong();
    } finally {
      lock.unlock();
    }
  }
}
