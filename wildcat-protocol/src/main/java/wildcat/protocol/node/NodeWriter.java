package wildcat.protocol.node;

/// Writes one stanza as the plaintext of a transport frame: flags byte 0, then the node.
public final class NodeWriter {
  private NodeWriter() {}

  public static byte[] write(Node node) {
    throw new UnsupportedOperationException("not built yet");
  }
}
