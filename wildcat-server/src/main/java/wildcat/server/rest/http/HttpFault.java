package wildcat.server.rest.http;

/// A request cannot be answered as it is.
public final class HttpFault extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  /// @param code for programs, for example `bad_json`
  /// @param message for people; quotes nothing of the request
  public HttpFault(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public static HttpFault badRequest(String code, String message) {
    return new HttpFault(400, code, message);
  }

  public static HttpFault forbidden(String message) {
    return new HttpFault(403, "forbidden", message);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
