package wildcat.client.session;

/// There is no connection; nothing was sent.
public final class NotConnected extends RequestFailed {
  private static final long serialVersionUID = 1;

  public NotConnected(String message) {
    super(message);
  }
}
