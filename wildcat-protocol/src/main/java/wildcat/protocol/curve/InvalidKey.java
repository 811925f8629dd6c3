package wildcat.protocol.curve;

/// A key or signature from outside cannot be used: wrong length or type, a low-order point, or a
/// signature that does not hold.
public final class InvalidKey extends Exception {
  private static final long serialVersionUID = 1;

  public InvalidKey(String message) {
    super(message);
  }
}
