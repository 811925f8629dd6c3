package wildcat.oracle;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/// The randomness of one step, the same for both implementations, so that they must produce the same
/// bytes and a failure repeats from its seed.
///
/// While a message is read, every call yields the same bytes: Signal's library makes a key pair for each
/// state it tries, ours only for the one that fits.
final class StepRandom implements RandomGenerator {
  private Random current = new Random(0);
  private long seed;
  private boolean constant;

  /// Each call of a step that begins a ratchet yields new bytes.
  void begin(long stepSeed, boolean sameBytesAtEachCall) {
    seed = stepSeed;
    constant = sameBytesAtEachCall;
    current = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    if (constant) {
      current = new Random(seed);
    }
    current.nextBytes(bytes);
  }

  @Override
  public long nextLong() {
    return current.nextLong();
  }

  /// Makes `new SecureRandom()`, which is where Signal's library takes its keys from, yield these
  /// bytes, until the result is closed.
  AutoCloseable install() {
    var provider = new SeededProvider(this);
    Security.insertProviderAt(provider, 1);
    return () -> Security.removeProvider(provider.getName());
  }

  private static final class SeededProvider extends Provider {
    private static final long serialVersionUID = 1;

    SeededProvider(StepRandom source) {
      super("WildcatSeeded", "1", "repeatable randomness for tests");
      putService(
          new Service(this, "SecureRandom", "Seeded", Spi.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
              return new Spi(source);
            }
          });
    }
  }

  private static final class Spi extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private final transient StepRandom source;

    Spi(StepRandom source) {
      this.source = source;
    }

    @Override
    protected void engineSetSeed(byte[] ignored) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int size) {
      var bytes = new byte[size];
      source.nextBytes(bytes);
      return bytes;
    }
  }
}
