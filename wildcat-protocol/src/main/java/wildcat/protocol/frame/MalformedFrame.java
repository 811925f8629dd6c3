package wildcat.protocol.frame;

/// The byte stream is not what the framing demands, or a frame is larger than the limit.
public final class MalformedFrame extends Exception {
  private static final long serialVersionUID = 1;

  public MalformedFrame(String message) {
    super(message);
  }
}
