package wildcat.bench;

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
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.MalformedNode;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeReader;
import wildcat.protocol.node.NodeWriter;

/// The stanza codec on a message to a user with two devices, and on its acknowledgement.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class NodeBenchmark {
  private final Node message =
      Node.of("message")
          .with("id", "3EB0C767D097B7C7B80B5A")
          .with("to", Jid.lid("100000087654321"))
          .with("type", "text")
          .with("peer_recipient_pn", Jid.pn("15557654321"))
          .containing(
              Node.of(
                  "participants",
                  to(Jid.lid("100000087654321")),
                  to(Jid.lid("100000087654321").withDevice(7)),
                  to(Jid.lid("100000012345678"))));
  private final Node ack =
      Node.of("ack")
          .with("class", "message")
          .with("id", "3EB0C767D097B7C7B80B5A")
          .with("from", Jid.lid("100000087654321"))
          .with("t", "1755768001");
  private final byte[] messageBytes = NodeWriter.write(message);
  private final byte[] ackBytes = NodeWriter.write(ack);

  private static Node to(Jid device) {
    return Node.of(
            "to", Node.of("enc", Bytes.wrap(new byte[120])).with("v", "2").with("type", "msg"))
        .with("jid", device);
  }

  @Benchmark
  public byte[] writeMessage() {
    return NodeWriter.write(message);
  }

  @Benchmark
  public Node readMessage() throws MalformedNode {
    return NodeReader.read(messageBytes);
  }

  @Benchmark
  public byte[] writeAck() {
    return NodeWriter.write(ack);
  }

  @Benchmark
  public Node readAck() throws MalformedNode {
    return NodeReader.read(ackBytes);
  }
}
