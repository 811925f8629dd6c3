package wildcat.protocol.node;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Locale;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// Prints what reading and writing take, in time and memory; not a test. The figures that count are those
/// of `bench`.
final class NodeTimes {
  private interface Operation {
    Object run() throws MalformedNode;
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static Object sink = "";

  private NodeTimes() {}

  /// A message as the server delivers it.
  static Node message() {
    return Node.of("message")
        .with("from", Jid.lid("100000012345678").withDevice(7))
        .with("type", "text")
        .with("id", "3EB0C767D097B7C7B80B5A")
        .with("sender_pn", Jid.pn("15551234567"))
        .with("notify", "Ann Example")
        .with("t", "1755768000")
        .containing(
            Node.of("enc")
                .with("v", "2")
                .with("type", "msg")
                .containing(Bytes.wrap(new byte[180])));
  }

  static Node receipt() {
    return Node.of("receipt")
        .with("from", Jid.lid("100000012345678").withDevice(7))
        .with("type", "read")
        .with("id", "3EB0C767D097B7C7B80B5A")
        .with("t", "1755768000");
  }

  static Node participants() {
    Node to =
        Node.of("to")
            .with("jid", Jid.lid("100000012345678").withDevice(7))
            .containing(
                Node.of("enc")
                    .with("v", "2")
                    .with("type", "pkmsg")
                    .containing(Bytes.wrap(new byte[300])));
    return Node.of("message")
        .with("to", Jid.group("120363000000000001"))
        .with("id", "3EB0C767D097B7C7B80B5A")
        .with("type", "text")
        .containing(Node.of("participants").containing(Collections.nCopies(256, to)));
  }

  public static void main(String[] args) throws MalformedNode {
    long start = System.nanoTime();
    NodeWriter.write(Node.of("iq"));
    print("first write, dictionary included", System.nanoTime() - start, 0);
    for (int round = 0; round < 3; round++) {
      time("ack", Node.of("ack").with("id", "1").with("class", "receipt").with("to", Jid.WHATSAPP));
      time("receipt", receipt());
      time("message", message());
      time("participants x 256", participants());
    }
  }

  private static void time(String name, Node node) throws MalformedNode {
    byte[] written = NodeWriter.write(node);
    time("write " + name + ", " + written.length + " B", () -> NodeWriter.write(node));
    time("read  " + name + ", " + written.length + " B", () -> NodeReader.read(written));
  }

  private static void time(String name, Operation operation) throws MalformedNode {
    int count = 200;
    long best = Long.MAX_VALUE;
    long allocated = 0;
    for (int round = 0; round < 400; round++) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        sink = operation.run();
      }
      best = Math.min(best, System.nanoTime() - start);
      allocated = (THREADS.getCurrentThreadAllocatedBytes() - bytes) / count;
    }
    print(name, best / count, allocated);
  }

  private static void print(String name, long nanos, long bytes) {
    System.out.println(String.format(Locale.ROOT, "%10.3f us %7d B  %s", nanos / 1e3, bytes, name));
    if (sink.equals(1)) {
      throw new AssertionError();
    }
  }
}
