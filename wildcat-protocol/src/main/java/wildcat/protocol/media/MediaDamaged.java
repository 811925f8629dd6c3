package wildcat.protocol.media;

/// A file is not what its message says. What was written of it must not be used.
public final class MediaDamaged extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong with it.
  public enum Reason {
    TOO_SHORT,
    TOO_LONG,
    /// The encrypted file is another one.
    WRONG_FILE_HASH,
    /// It was not encrypted by somebody who has the key.
    WRONG_MAC,
    WRONG_PADDING,
    /// What is in it is something else.
    WRONG_CONTENT_HASH
  }

  private final Reason reason;

  MediaDamaged(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
