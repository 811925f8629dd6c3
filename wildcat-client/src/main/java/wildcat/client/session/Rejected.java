package wildcat.client.session;

/// The server refused the request.
public final class Rejected extends RequestFailed {
  private static final long serialVersionUID = 1;

  private final int code;

  /// @param code as in the answer's `error` element or attribute, for example 404
  public Rejected(int code, String text) {
    super("refused with " + code + (text.isEmpty() ? "" : " " + text));
    this.code = code;
  }

  public int code() {
    return code;
  }
}
