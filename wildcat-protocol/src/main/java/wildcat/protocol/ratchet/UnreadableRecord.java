package wildcat.protocol.ratchet;

/// A stored record cannot be read. It is not absent: nothing may be created in its place.
public final class UnreadableRecord extends Exception {
  private static final long serialVersionUID = 1;

  public UnreadableRecord(String message) {
    super(message);
  }
}
