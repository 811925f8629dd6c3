package wildcat.protocol.curve;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Locale;

/// Prints what each operation takes; not a test. The figures that count are those of `bench`.
final class CurveTimes {
  private interface Operation {
    void run() throws Exception;
  }

  private CurveTimes() {}

  public static void main(String[] args) throws Exception {
    var random = new SecureRandom();
    Curve curve = Curve.standard();
    long start = cpuNanos();
    KeyPair ours = curve.generate(random);
    print("first key pair, tables included", cpuNanos() - start);
    KeyPair theirs = curve.generate(random);
    start = cpuNanos();
    curve.agree(ours.privateKey(), theirs.publicKey());
    print("first agreement", cpuNanos() - start);
    byte[] message = theirs.publicKey().signalForm();
    byte[] signature = curve.sign(ours.privateKey(), message, random);
    for (int round = 0; round < 3; round++) {
      time("agree", () -> curve.agree(ours.privateKey(), theirs.publicKey()));
      time("generate", () -> curve.generate(random));
      time("sign", () -> curve.sign(ours.privateKey(), message, random));
      time("verify", () -> curve.verify(ours.publicKey(), message, signature));
      var a = FieldElement.ofBytes(ours.publicKey().bytes().toArray());
      time("multiply x 1000", () -> repeatMultiply(a));
      time("square x 1000", () -> a.square(a, 1000));
    }
  }

  private static void repeatMultiply(FieldElement a) {
    for (int i = 0; i < 1000; i++) {
      a.multiply(a, a);
    }
  }

  /// Time of this thread, which others on the machine do not lengthen.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void time(String name, Operation operation) throws Exception {
    for (int i = 0; i < 5_000; i++) {
      operation.run();
    }
    int count = 2_000;
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long start = cpuNanos();
      for (int i = 0; i < count; i++) {
        operation.run();
      }
      best = Math.min(best, cpuNanos() - start);
    }
    print(name, best / count);
  }

  private static void print(String name, long nanos) {
    System.out.println(String.format(Locale.ROOT, "%8.2f us  %s", nanos / 1e3, name));
  }
}
