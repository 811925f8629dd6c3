package wildcat.server.rest.legacy;

import wildcat.server.rest.http.HttpFault;

/// The predecessor's failures: only the text matters.
final class LegacyFault {
  private LegacyFault() {}

  static HttpFault of(int status, String error) {
    return new HttpFault(status, "legacy", error);
  }

  static HttpFault accountNotFound() {
    return of(404, "Account not found");
  }

  static HttpFault internal() {
    return of(500, "internal_error");
  }
}
