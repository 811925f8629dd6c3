package wildcat.server.moving;

/// What another program has kept is not what it should be. The message names the place, never the content.
public final class Unusable extends Exception {
  private static final long serialVersionUID = 1;

  public Unusable(String message) {
    super(message);
  }

  public Unusable(String message, Throwable cause) {
    super(message, cause);
  }
}
