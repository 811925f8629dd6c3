package wildcat.protocol.node;

/// The bytes are not one well-formed stanza, or go beyond a limit. The connection must be closed.
public final class MalformedNode extends Exception {
  private static final long serialVersionUID = 1;

  public MalformedNode(String message) {
    super(message);
  }
}
