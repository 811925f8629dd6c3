package wildcat.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Receives a server's webhooks and checks their signatures, with nothing of the server's code.
final class WebhookReceiver implements AutoCloseable {
  private static final int WAIT_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer http;
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final Queue<Delivery> all = new ConcurrentLinkedQueue<>();

  /// @param signed what the signature was made of, before it is known whose it must be
  record Delivery(String id, String signature, String signed, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    boolean isSignedWith(String secret) throws GeneralSecurityException {
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String expected =
          "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
      return expected.equals(signature);
    }
  }

  WebhookReceiver() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::receive);
    http.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
      var delivery =
          new Delivery(
              id,
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              id + "." + timestamp + "." + body,
              body);
      all.add(delivery);
      deliveries.add(delivery);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /// The next delivery of that event; others before it are dropped.
  Delivery next(String event) throws Exception {
    while (true) {
      Delivery delivery = deliveries.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (delivery == null) {
        throw new AssertionError("no " + event + " within " + WAIT_SECONDS + " s");
      }
      if (delivery.json().path("event").asText().equals(event)) {
        return delivery;
      }
    }
  }

  /// All deliveries so far, in the order of their arrival.
  List<Delivery> all() {
    return List.copyOf(all);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
