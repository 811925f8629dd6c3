package wildcat.protocol.noise;

/// The handshake or a transport frame is not what it must be; the connection is of no further use.
public final class HandshakeFailed extends Exception {
  private static final long serialVersionUID = 1;

  public HandshakeFailed(String message) {
    super(message);
  }

  public HandshakeFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
