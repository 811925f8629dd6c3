package wildcat.protocol.ratchet;

/// A message could not be decrypted; no state has changed. The reason decides what to do next.
public final class CannotDecrypt extends Exception {
  private static final long serialVersionUID = 1;

  /// Why, in the protocol's terms; `code` is the value of a retry receipt's `error` attribute.
  public enum Reason {
    /// No ratchet with that device, or none that this message belongs to.
    NO_RATCHET(1),
    /// A key in the message is not a valid key.
    INVALID_KEY(2),
    /// It names a pre-key we do not have (any more).
    UNKNOWN_PRE_KEY(3),
    /// It does not parse, has another version, or its padding is wrong.
    MALFORMED(4),
    /// It was decrypted before: acknowledge it, ask for nothing.
    DUPLICATE(0),
    /// It lies too many messages ahead.
    TOO_FAR_AHEAD(6),
    /// No state verifies its MAC.
    BAD_MAC(7);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  private final Reason reason;

  public CannotDecrypt(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
