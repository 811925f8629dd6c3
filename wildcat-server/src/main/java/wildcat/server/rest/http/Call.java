package wildcat.server.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import wildcat.api.Json;
import wildcat.client.event.AccountId;
import wildcat.server.key.Caller;

/// One request and its answer.
public final class Call {
  static final String CALLER = "wildcat.caller";
  static final String REQUEST_ID = "wildcat.request-id";

  private final Context context;

  Call(Context context) {
    this.context = context;
  }

  /// Who calls; its key is valid for the route and, if that is about one, for the account.
  public Caller caller() {
    Caller caller = context.attribute(CALLER);
    return caller == null ? Caller.ANYBODY : caller;
  }

  public String requestId() {
    String id = context.attribute(REQUEST_ID);
    return id == null ? "" : id;
  }

  /// A parameter of the path, decoded.
  public String path(String name) {
    return context.pathParam(name);
  }

  /// The account of the path; empty when the text cannot even be the id of one.
  public Optional<AccountId> account() {
    return AccountId.parse(path("id"));
  }

  /// The body; an empty object when there is none.
  public ObjectNode body() throws HttpFault, IOException {
    return JsonBody.read(
        context.bodyInputStream(),
        context.req().getContentLengthLong(),
        context.header("Content-Type"),
        context.header("Content-Encoding"));
  }

  /// The body as a record.
  public <T> T body(Class<T> type) throws HttpFault, IOException {
    return JsonBody.as(body(), type);
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(Predicate.not(String::isEmpty));
  }

  /// A number of the query.
  ///
  /// @param fallback when it is not given
  /// @throws HttpFault it is no whole number within the range
  public long query(String name, long fallback, long min, long max) throws HttpFault {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return fallback;
    }
    if (text.get().matches("-?[0-9]{1,18}")) {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw HttpFault.badRequest(
        "bad_parameter", name + " must be a whole number from " + min + " to " + max);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  public Optional<String> cookie(String name) {
    return Optional.ofNullable(context.cookie(name));
  }

  public void header(String name, String value) {
    context.header(name, value);
  }

  public void json(int status, Object answer) {
    bytes(status, "application/json; charset=utf-8", Json.bytes(answer));
  }

  public void bytes(int status, String contentType, byte[] answer) {
    context.status(status).contentType(contentType).result(answer);
  }

  /// Whether a JSON value counts as absent, as JavaScript sees it: missing, null, "", 0 or false.
  public static boolean isFalsy(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isBoolean() && !value.booleanValue())
        || (value.isNumber() && value.doubleValue() == 0);
  }
}
