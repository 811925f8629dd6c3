package wildcat.protocol.node;

/// Reads one stanza from the plaintext of a transport frame.
public final class NodeReader {
  private NodeReader() {}

  /// @param frame flags byte and body; bit 0x02 of the flags says that the body is zlib-compressed
  /// @throws MalformedNode anything is wrong with it, trailing bytes and exceeded limits included
  public static Node read(byte[] frame) throws MalformedNode {
    throw new UnsupportedOperationException("not built yet");
  }
}
