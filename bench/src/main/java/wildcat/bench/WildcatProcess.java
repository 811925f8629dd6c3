package wildcat.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.Simulator;
import wildcat.simulator.phone.LinkedDevice;

/// The server as `./wildcat serve` starts it, its store on disk, called over REST.
final class WildcatProcess implements Subject {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Simulator simulator;
  private final Path folder;
  private final URI address;
  private final Process process;
  private final double secondsToFirst200;
  private final double cpuSecondsToFirst200;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String key;
  private final List<LinkedDevice> linked;

  /// Starts it and waits for its first 200. Accounts found in `folder` are those of `linked`.
  ///
  /// @param root the folder of Wildcat, where the launcher is
  /// @param folder where its store and logs are
  WildcatProcess(Simulator simulator, Path root, Path folder, List<LinkedDevice> linked)
      throws Exception {
    this.simulator = simulator;
    this.folder = folder;
    this.linked = new ArrayList<>(linked);
    int port = freePort();
    address = URI.create("http://127.0.0.1:" + port);
    var builder = new ProcessBuilder(root.resolve("wildcat").toString(), "serve");
    builder
        .environment()
        .putAll(
            Map.of(
                "HOST", "127.0.0.1",
                "PORT", Integer.toString(port),
                "WILDCAT_DATA", folder.resolve("data").toString(),
                "WILDCAT_LOGS", folder.resolve("logs").toString(),
                "WILDCAT_STARTS_PER_SECOND", "1000",
                "WILDCAT_WHATSAPP_URL", simulator.webSocket().toString(),
                "WILDCAT_WHATSAPP_ROOT_KEY", simulator.root().bytes().hex()));
    Files.createDirectories(folder);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    long start = System.nanoTime();
    process = builder.start(); // the launcher becomes the JVM: it is the same process
    Waiting.until("the server answers", this::answers);
    secondsToFirst200 = (System.nanoTime() - start) / 1e9;
    cpuSecondsToFirst200 = Watch.cpuSeconds(pid());
    key = Files.readString(folder.resolve("data").resolve("admin.key")).strip();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new IOException("the server ended: " + Files.readString(folder.resolve("output")));
    }
    try {
      var request = HttpRequest.newBuilder(address.resolve("/healthz")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false; // it does not listen yet
    }
  }

  @Override
  public String name() {
    return "Wildcat";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  double secondsToFirst200() {
    return secondsToFirst200;
  }

  double cpuSecondsToFirst200() {
    return cpuSecondsToFirst200;
  }

  List<LinkedDevice> linked() {
    return List.copyOf(linked);
  }

  @Override
  public LinkedDevice first() {
    return linked.getFirst();
  }

  private static String account(int number) {
    return "account-" + number;
  }

  @Override
  public void link(int total) throws Exception {
    for (int number = linked.size(); number < total; number++) {
      String account = account(number);
      call("/accounts", JSON.writeValueAsString(Map.of("id", account)));
      Waiting.until("there is a code", () -> qr(account).path("ok").asBoolean());
      String code = qr(account).path("qr").asText();
      linked.add(simulator.phone("Wildcat " + folder.getFileName() + number).scan(code));
    }
    awaitConnected();
  }

  private JsonNode qr(String account) throws Exception {
    return get("/v1/accounts/" + account + "/qr");
  }

  /// Waits until every account is.
  void awaitConnected() throws Exception {
    for (int number = 0; number < linked.size(); number++) {
      String status = "/v1/accounts/" + account(number) + "/status";
      Waiting.until(
          "an account is connected", () -> get(status).path("status").asText().equals("connected"));
    }
  }

  void addWebhook(String url) throws Exception {
    call("/v1/webhooks", JSON.writeValueAsString(Map.of("url", url)));
  }

  @Override
  public void send(Jid to, int count, int window) throws Exception {
    var next = new AtomicInteger();
    var senders = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sender = 0; sender < window; sender++) {
        senders.add(
            threads.submit(() -> {
              for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                var body = Map.of("to", to.toString(), "message", "message " + i);
                call("/accounts/" + account(0) + "/message/send", JSON.writeValueAsString(body));
              }
              return null;
            }));
      }
    }
    for (Future<?> sender : senders) {
      sender.get();
    }
  }

  private JsonNode get(String path) throws Exception {
    return answer(request(path).GET());
  }

  private void call(String path, String body) throws Exception {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    JsonNode answer = answer(request);
    if (!answer.path("ok").asBoolean()) {
      throw new IOException("POST " + path + ": " + answer);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + key);
  }

  private JsonNode answer(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    return JSON.readTree(response.body());
  }

  @Override
  public double heapMiB() throws Exception {
    return Watch.heapMiB(pid());
  }

  @Override
  public void close() {
    http.close();
    Waiting.end(process);
  }
}
