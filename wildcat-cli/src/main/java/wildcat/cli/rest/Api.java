package wildcat.cli.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wildcat.cli.output.Json;

/// One server, called synchronously. Redirects are not followed: a key goes only where it was meant to go.
///
/// It uses `HttpURLConnection`, because a command lives for one call: a JVM that makes one request through
/// `java.net.http` runs for 0.54 s, through this for 0.07 s.
public final class Api {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int MAX_ANSWER_BYTES = 64 << 20;
  private static final String JSON = "application/json";

  static {
    System.setProperty("sun.net.http.retryPost", "false"); // else a message may be sent twice
  }

  private final Place place;
  private final Duration limit;

  /// @param limit how long the server may be silent before it answers
  public Api(Place place, Duration limit) {
    this.place = place;
    this.limit = limit;
  }

  public Place place() {
    return place;
  }

  public JsonNode get(Route route) throws ApiFailed {
    return json(send(new Request("GET", route)));
  }

  public JsonNode post(Route route) throws ApiFailed {
    return json(send(new Request("POST", route)));
  }

  public JsonNode post(Route route, JsonNode body) throws ApiFailed {
    return json(send(new Request("POST", route, JSON, Map.of(), body)));
  }

  /// As [#post(Route, JsonNode)]; the server carries out one request of the same key only once.
  public JsonNode postOnce(Route route, JsonNode body, String idempotencyKey) throws ApiFailed {
    return json(
        send(new Request("POST", route, JSON, Map.of("Idempotency-Key", idempotencyKey), body)));
  }

  public JsonNode delete(Route route) throws ApiFailed {
    return json(send(new Request("DELETE", route)));
  }

  /// The answer as plain text, for what is drawn and not read.
  public String text(Route route) throws ApiFailed {
    var answer = send(new Request("GET", route, "text/plain", Map.of(), null));
    if (answer.status() >= 400) {
      json(answer);
    }
    return answer.body();
  }

  private record Request(
      String method,
      Route route,
      String accept,
      Map<String, String> headers,
      @Nullable JsonNode body) {
    Request(String method, Route route) {
      this(method, route, JSON, Map.of(), null);
    }
  }

  private record Answer(int status, String body) {}

  private Answer send(Request request) throws ApiFailed {
    HttpURLConnection connection = null;
    try {
      connection = connect(request);
      return exchange(connection, request);
    } catch (SocketTimeoutException e) {
      throw new NoAnswerInTime(place.address(), limit, e);
    } catch (IOException e) {
      throw new NotReachable(place.address(), "the connection broke", e);
    } finally {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }

  private HttpURLConnection connect(Request request) throws IOException, NotReachable {
    var connection =
        (HttpURLConnection)
            URI.create(place.address() + request.route().text()).toURL().openConnection();
    connection.setRequestMethod(request.method());
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
    connection.setReadTimeout((int) limit.toMillis());
    connection.setRequestProperty("Accept", request.accept());
    connection.setRequestProperty("User-Agent", "wildcat-cli");
    request.headers().forEach(connection::setRequestProperty);
    place
        .key()
        .ifPresent(key -> connection.setRequestProperty("Authorization", "Bearer " + key.text()));
    if (request.method().equals("POST")) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", JSON);
    }
    try {
      connection.connect();
      return connection;
    } catch (SocketTimeoutException e) {
      throw new NotReachable(
          place.address(), "no connection within %d s".formatted(CONNECT_LIMIT.toSeconds()), e);
    } catch (IOException e) {
      throw new NotReachable(place.address(), String.valueOf(e.getMessage()), e);
    }
  }

  private Answer exchange(HttpURLConnection connection, Request request) throws IOException {
    if (request.method().equals("POST")) {
      try (var out = connection.getOutputStream()) {
        var body = request.body();
        out.write(body == null ? new byte[0] : Json.compact(body).getBytes(UTF_8));
      }
    }
    int status = connection.getResponseCode();
    try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      return new Answer(status, in == null ? "" : text(in));
    }
  }

  private static String text(InputStream in) throws IOException {
    byte[] body = in.readNBytes(MAX_ANSWER_BYTES + 1);
    if (body.length > MAX_ANSWER_BYTES) {
      throw new IOException("answer of more than %d bytes".formatted(MAX_ANSWER_BYTES));
    }
    return new String(body, UTF_8);
  }

  private JsonNode json(Answer answer) throws ApiFailed {
    JsonNode body;
    try {
      body = Json.parse(answer.body());
    } catch (JsonProcessingException _) {
      throw new NotWildcat(place.address(), answer.status());
    }
    if (answer.status() >= 400) {
      throw new Refused(answer.status(), body);
    }
    if (answer.status() >= 300 || !body.isObject()) {
      throw new NotWildcat(place.address(), answer.status());
    }
    return body;
  }
}
