package wildcat.server.rest.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import wildcat.api.Json;

/// Answers in JSON what fails before any route is reached: malformed requests, too long headers.
final class JettyFailures implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int code = response.getStatus();
    var answer = new Failures.Answer(code, "http_" + code, text(code));
    String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    response.write(
        true, ByteBuffer.wrap(Json.bytes(answer.body(path == null ? "/" : path, ""))), callback);
    return true;
  }

  private static String text(int code) {
    return switch (code) {
      case 400 -> "the request is malformed";
      case 404 -> "not found";
      case 408 -> "the request did not arrive in time";
      case 413 -> "the body is too large";
      case 414 -> "the address is too long";
      case 431 -> "the headers are too long";
      case 503 -> "the server is shutting down";
      default -> code >= 500 ? "internal_error" : "the request cannot be answered";
    };
  }
}
