package wildcat.server.rest.http;

import io.javalin.http.Context;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.server.key.Caller;

/// One line per request, as the predecessor wrote it, without the body and the query.
final class RequestLog {
  /// The logger whose lines go into `http.log`.
  static final String NAME = "wildcat.http";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{5,}");

  private RequestLog() {}

  static void write(Context context, float millis) {
    Caller caller = context.attribute(Call.CALLER);
    LOG.atInfo()
        .addKeyValue("method", context.req().getMethod())
        .addKeyValue("url", NUMBER.matcher(context.path()).replaceAll("#"))
        .addKeyValue("status", context.statusCode())
        .addKeyValue("durationMs", Math.round(millis * 1_000) / 1_000.0)
        .addKeyValue("ip", context.req().getRemoteAddr())
        .addKeyValue("ua", cut(context.userAgent()))
        .addKeyValue("key", caller == null ? "" : caller.keyId())
        .addKeyValue("requestId", String.valueOf(context.<Object>attribute(Call.REQUEST_ID)))
        .log("http_request");
  }

  private static String cut(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text.substring(0, Math.min(text.length(), 200));
  }
}
