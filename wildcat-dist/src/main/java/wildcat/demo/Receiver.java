package wildcat.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wildcat.cli.output.Json;

/// The webhook receiver of the demo: what somebody who uses Wildcat would have. It answers 204 to a delivery whose
/// signature fits and 401 to any other.
final class Receiver implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int MAX_KEPT = 10_000;

  private final HttpServer http;
  private final InstantSource clock;
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>(MAX_KEPT);
  private volatile @Nullable WebhookSignature signature;
  private volatile Consumer<JsonNode> listener = _ -> {};
  private volatile String refusal = "";

  Receiver(InstantSource clock) throws IOException {
    this.clock = clock;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::receive);
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/";
  }

  /// From now on deliveries are checked with this secret.
  void trust(String secret) {
    signature = new WebhookSignature(secret, clock);
  }

  /// Calls `next` with every event that is accepted from now on, on the thread that serves it.
  void onEvent(Consumer<JsonNode> next) {
    listener = next;
  }

  /// Takes events until one fits.
  ///
  /// @throws DemoFailed none came within the time; the message says what was refused meanwhile
  JsonNode await(Predicate<JsonNode> wanted, Duration limit)
      throws DemoFailed, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new DemoFailed("no webhook within %d s%s".formatted(limit.toSeconds(), refusal));
      }
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
      if (!signed(exchange, body)) {
        refusal = "; a delivery was refused because its signature does not fit";
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      var event = parse(body);
      if (event.isEmpty()) {
        refusal = "; a delivery was refused because it is no JSON";
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      if (!events.offer(event.get())) {
        events.clear(); // nobody waits any more
      }
      listener.accept(event.get());
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private boolean signed(HttpExchange exchange, byte[] body) {
    var trusted = signature;
    var headers = exchange.getRequestHeaders();
    var id = headers.getFirst("webhook-id");
    var timestamp = headers.getFirst("webhook-timestamp");
    var signed = headers.getFirst("webhook-signature");
    return trusted != null
        && id != null
        && timestamp != null
        && signed != null
        && trusted.fits(id, timestamp, signed, body);
  }

  private static Optional<JsonNode> parse(byte[] body) {
    try {
      return Optional.of(Json.parse(new String(body, StandardCharsets.UTF_8)));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
