package wildcat.simulator.phone;

/// A QR code leads nowhere.
public final class ScanRefused extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong with it.
  public enum Reason {
    /// The text is not a QR code of linking.
    MALFORMED,
    /// No connection waits under its reference (any more).
    UNKNOWN_REF,
    /// Its keys are not those of the connection that waits.
    KEY_MISMATCH,
    /// The reference was used already.
    USED
  }

  private final Reason reason;

  public ScanRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
