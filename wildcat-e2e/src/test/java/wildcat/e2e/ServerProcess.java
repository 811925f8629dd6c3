package wildcat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import wildcat.simulator.Simulator;

/// The server as a process of its own, which can be killed. Address and data folder stay the same from
/// start to start.
final class ServerProcess implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Simulator simulator;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private @Nullable Process process;

  /// @param folder of the server: `data`, `.logs` and its output
  ServerProcess(Path folder, Simulator simulator) throws IOException {
    this.folder = folder;
    this.simulator = simulator;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
  }

  /// Returns when the server answers.
  void start() throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "wildcat.server.Main");
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("WILDCAT_") || name.startsWith("MONGO"));
    environment.put("PORT", Integer.toString(port));
    environment.put("HOST", "127.0.0.1");
    environment.put("WILDCAT_WHATSAPP_URL", simulator.webSocket().toString());
    environment.put("WILDCAT_WHATSAPP_ROOT_KEY", simulator.root().bytes().hex());
    Process started =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.log").toFile()))
            .start();
    process = started;
    until("the server answers", () -> isUp(started));
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("the server was never started");
    }
    return process;
  }

  /// Ends the process with its exit code, when it is expected to refuse to start.
  int startThatEnds() throws Exception {
    try {
      start();
    } catch (IllegalStateException _) {
      return running().waitFor();
    }
    throw new AssertionError("the server has started");
  }

  /// SIGKILL: nothing of the server runs any more when this returns.
  void kill() throws InterruptedException {
    running().destroyForcibly().waitFor();
  }

  /// SIGTERM.
  void stop() throws InterruptedException {
    running().destroy();
    if (!running().waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("the server does not stop");
    }
  }

  String output() throws IOException {
    return Files.readString(folder.resolve("output.log"));
  }

  private boolean isUp(Process started) throws InterruptedException {
    if (!started.isAlive()) {
      throw new IllegalStateException("the server has ended with " + started.exitValue());
    }
    try {
      var request = HttpRequest.newBuilder(address("/ping")).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false; // not listening yet
    }
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  JsonNode get(String path) throws Exception {
    return JSON.readTree(http.send(request(path).build(), BodyHandlers.ofByteArray()).body());
  }

  /// @param headers names and values in turn
  JsonNode post(String path, Map<String, ?> body, String... headers) throws Exception {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return JSON.readTree(http.send(request.build(), BodyHandlers.ofByteArray()).body());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String key = Files.readString(folder.resolve("data/admin.key")).strip();
    return HttpRequest.newBuilder(address(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + key);
  }

  String status(String account) throws Exception {
    return get("/v1/accounts/" + account + "/status").path("status").asText();
  }

  /// The text of the QR code of a new account.
  String code(String account) throws Exception {
    post("/accounts", Map.of("id", account));
    until("there is a code", () -> get("/v1/accounts/" + account + "/qr").path("ok").asBoolean());
    return get("/v1/accounts/" + account + "/qr").get("qr").asText();
  }

  /// All stored messages of an account.
  List<JsonNode> messages(String account) throws Exception {
    var all = new ArrayList<JsonNode>();
    while (true) {
      JsonNode page =
          get("/messages?accountId=" + account + "&limit=500&skip=" + all.size()).get("messages");
      page.forEach(all::add);
      if (page.size() < 500) {
        return all;
      }
    }
  }

  interface Condition {
    boolean isMet() throws Exception;
  }

  static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + WAIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
