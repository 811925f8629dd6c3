package wildcat.bench;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;

/// X25519 and XEdDSA. For comparison, `javax.crypto` has an X25519 too: [JdkCurveBenchmark].
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CurveBenchmark {
  private final SecureRandom random = new SecureRandom();
  private final Curve curve = Curve.standard();
  private final KeyPair ours = curve.generate(random);
  private final KeyPair theirs = curve.generate(random);
  private final byte[] message = new byte[33];
  private final byte[] signature = curve.sign(ours.privateKey(), message, random);

  @Benchmark
  public byte[] agree() throws InvalidKey {
    return curve.agree(ours.privateKey(), theirs.publicKey());
  }

  @Benchmark
  public KeyPair generate() {
    return curve.generate(random);
  }

  @Benchmark
  public byte[] sign() {
    return curve.sign(ours.privateKey(), message, random);
  }

  @Benchmark
  public boolean verify() {
    return curve.verify(ours.publicKey(), message, signature);
  }
}
