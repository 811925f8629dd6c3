package wildcat.protocol.pairing;

/// Something in the linking exchange does not parse or does not verify.
public final class MalformedPairing extends Exception {
  private static final long serialVersionUID = 1;

  /// What the companion answers to the server.
  public enum Reply {
    INTERNAL_ERROR(500, "internal-error"),
    HMAC_MISMATCH(401, "hmac-mismatch"),
    SIGNATURE_MISMATCH(401, "signature-mismatch");

    private final int code;
    private final String text;

    Reply(int code, String text) {
      this.code = code;
      this.text = text;
    }

    public int code() {
      return code;
    }

    public String text() {
      return text;
    }
  }

  private final Reply reply;

  public MalformedPairing(Reply reply, String message) {
    super(message);
    this.reply = reply;
  }

  public Reply reply() {
    return reply;
  }
}
