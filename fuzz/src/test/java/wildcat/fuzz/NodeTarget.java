package wildcat.fuzz;

import java.util.Arrays;
import wildcat.protocol.node.MalformedNode;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeReader;
import wildcat.protocol.node.NodeWriter;

/// Stanzas: what can be read can be written, and what was written is read as the same.
public final class NodeTarget {
  private NodeTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Node node;
    try {
      node = NodeReader.read(input);
    } catch (MalformedNode e) {
      return;
    }
    byte[] written = NodeWriter.write(node);
    try {
      if (!Arrays.equals(NodeWriter.write(NodeReader.read(written)), written)) {
        throw new AssertionError("written twice, it differs");
      }
    } catch (MalformedNode e) {
      throw new AssertionError("what we wrote cannot be read", e);
    }
  }
}
