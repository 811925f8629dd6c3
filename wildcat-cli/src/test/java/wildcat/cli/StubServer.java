package wildcat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers prepared requests over real HTTP with the shapes of the interface, and keeps what it was asked. What was
/// not prepared is answered with a 404 that names it.
final class StubServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Prepared>> answers = new HashMap<>();
  private final List<Asked> asked = new ArrayList<>();

  private record Prepared(int status, String type, String body) {}

  /// @param line method and path with query
  record Asked(String line, Map<String, String> headers, String body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  StubServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// Prepares the next answer to `line`; the last one prepared is repeated.
  StubServer on(String line, int status, String json) {
    return on(line, new Prepared(status, "application/json", json));
  }

  StubServer onText(String line, String text) {
    return on(line, new Prepared(200, "text/plain; charset=utf-8", text));
  }

  private synchronized StubServer on(String line, Prepared prepared) {
    answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(prepared);
    return this;
  }

  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  Asked only() {
    var all = asked();
    if (all.size() != 1) {
      throw new AssertionError("asked " + all.size() + " times: " + all);
    }
    return all.getFirst();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var prepared = next(exchange);
    byte[] body = prepared.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", prepared.type());
    exchange.sendResponseHeaders(prepared.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private synchronized Prepared next(HttpExchange exchange) {
    var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(new Asked(line, headers(exchange), text(exchange)));
    var accepted = exchange.getRequestHeaders().getFirst("Accept");
    var queue = answers.get("text/plain".equals(accepted) ? line + " as text" : line);
    if (queue == null) {
      return new Prepared(
          404, "application/json", "{\"ok\":false,\"error\":\"not prepared: " + line + "\"}");
    }
    return queue.size() > 1 ? queue.remove() : queue.element();
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    var headers = new HashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  private static String text(HttpExchange exchange) {
    try {
      return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
