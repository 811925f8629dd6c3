package wildcat.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyAgreement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The JDK's own X25519, beside which ours is measured.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JdkCurveBenchmark {
  private final KeyPairGenerator generator;
  private final KeyPair ours;
  private final KeyPair theirs;

  public JdkCurveBenchmark() {
    try {
      generator = KeyPairGenerator.getInstance("X25519");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without X25519", e);
    }
    ours = generator.generateKeyPair();
    theirs = generator.generateKeyPair();
  }

  @Benchmark
  public byte[] agree() throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(ours.getPrivate());
    agreement.doPhase(theirs.getPublic(), true);
    return agreement.generateSecret();
  }

  @Benchmark
  public KeyPair generate() {
    return generator.generateKeyPair();
  }
}
