package wildcat.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A receiver of webhooks that answers 204 and counts.
final class WebhookCounter implements AutoCloseable {
  private final HttpServer http;
  private final AtomicInteger received = new AtomicInteger();

  WebhookCounter() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            received.incrementAndGet();
          }
        });
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
  }

  int received() {
    return received.get();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
