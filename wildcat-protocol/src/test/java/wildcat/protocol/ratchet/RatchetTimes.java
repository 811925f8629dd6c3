package wildcat.protocol.ratchet;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;

/// Prints what each operation takes; not a test. The figures that count are those of `bench`.
final class RatchetTimes {
  private interface Operation {
    void run() throws Exception;
  }

  private RatchetTimes() {}

  public static void main(String[] args) throws Exception {
    Party[] pair = Party.acquainted(1);
    Party a = pair[0];
    Party b = pair[1];
    for (int round = 0; round < 3; round++) {
      time("encrypt + decrypt, 1:1 steady", 10_000, () -> b.receive(a.send("hello, world")));
      time("the same through the stored form", 10_000, () -> stored(a, b));
      time("round trip, both sides turn", 500, () -> roundTrip(a, b));
      time("set-up at both ends, first message read", 500, () -> setUp(a, b));
    }
  }

  private static void stored(Party a, Party b) throws Exception {
    reload(a);
    Ratchet.Sealed sealed = a.send("hello, world");
    reload(b);
    b.receive(sealed);
    a.record.orElseThrow().encode();
    b.record.orElseThrow().encode();
  }

  private static void reload(Party party) throws UnreadableRecord {
    Bytes encoded = party.record.orElseThrow().encode();
    party.record = Optional.of(RatchetRecord.decode(encoded));
  }

  private static void roundTrip(Party a, Party b) throws Exception {
    b.receive(a.send("question"));
    a.receive(b.send("answer"));
  }

  private static void setUp(Party a, Party b) throws Exception {
    a.record = Optional.empty();
    b.record = Optional.empty();
    a.initiate(b.bundle()); // the bundle's one-time key is part of the time
    b.receive(a.send("hello"));
  }

  /// Time of this thread, which others on the machine do not lengthen.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void time(String name, int count, Operation operation) throws Exception {
    for (int i = 0; i < count; i++) {
      operation.run();
    }
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long start = cpuNanos();
      for (int i = 0; i < count; i++) {
        operation.run();
      }
      best = Math.min(best, cpuNanos() - start);
    }
    System.out.println(String.format(Locale.ROOT, "%8.2f us  %s", best / 1e3 / count, name));
  }
}
