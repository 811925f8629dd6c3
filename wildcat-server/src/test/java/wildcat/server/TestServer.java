package wildcat.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import wildcat.api.Json;
import wildcat.client.store.EventRecorder;
import wildcat.client.store.Store;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.client.time.ManualTime;
import wildcat.protocol.bytes.Bytes;
import wildcat.server.config.Config;
import wildcat.server.config.ConfigReader;
import wildcat.server.egress.Egress;
import wildcat.server.webhook.Schedule;

/// A server on a free port over fake accounts and a store in memory, and a client that calls it.
public final class TestServer implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-04T09:49:25.526Z");

  public final ManualTime time;
  public final FakeAccounts accounts;
  public final Store store;
  public final Config config;
  private final Journal journal = new Journal();
  private HttpClient http = newClient();
  private final Path folder;
  private WildcatServer server;
  private String key = "";

  /// Lets a store outlive the server that made it.
  private static final class Journal implements EventRecorder {
    private volatile EventRecorder target = new NoRecorder();

    @Override
    public Entry entry(
        wildcat.client.event.AccountId account,
        long sequence,
        Instant at,
        wildcat.client.event.Event.Durable event) {
      return target.entry(account, sequence, at, event);
    }

    @Override
    public void committed(List<wildcat.client.store.RecordedEvent> events) {
      target.committed(events);
    }
  }

  private static final class NoRecorder implements EventRecorder {
    @Override
    public Entry entry(
        wildcat.client.event.AccountId account,
        long sequence,
        Instant at,
        wildcat.client.event.Event.Durable event) {
      throw new IllegalStateException("no server yet");
    }

    @Override
    public void committed(List<wildcat.client.store.RecordedEvent> events) {}
  }

  public TestServer(Path folder) throws Exception {
    this(folder, Map.of());
  }

  public TestServer(Path folder, Map<String, String> settings) throws Exception {
    this(folder, settings, UnaryOperator.identity());
  }

  /// @param wrap puts something between server and store
  public TestServer(Path folder, Map<String, String> settings, UnaryOperator<Store> wrap)
      throws Exception {
    this.folder = folder;
    time = new ManualTime(START);
    accounts = new FakeAccounts(time);
    store = wrap.apply(new InMemoryStore(journal, time));
    var environment = new HashMap<>(Map.of("PORT", "0", "WILDCAT_EGRESS_ALLOW", "127.0.0.0/8"));
    environment.putAll(settings);
    config = ConfigReader.read(List.of(), environment, folder);
    server = start();
    key = server.newAdminKey().map(made -> made.text()).orElse("");
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private WildcatServer start() throws Exception {
    return WildcatServer.start(
        config,
        new Parts(
            recorder -> {
              journal.target = recorder;
              return new KeptOpen(store);
            },
            accounts,
            time,
            time,
            new Random(11),
            Egress.Names.SYSTEM,
            Schedule.STANDARD));
  }

  /// Stops the server and starts another on the same store and folder.
  public void restart() throws Exception {
    http.shutdownNow(); // first: the server waits for idle connections otherwise
    http = newClient();
    server.close();
    server = start();
  }

  public WildcatServer server() {
    return server;
  }

  public Path folder() {
    return folder;
  }

  public String adminKey() {
    return key;
  }

  public URI address() {
    return server.address();
  }

  /// What was answered.
  public record Answer(int status, Map<String, List<String>> headers, Bytes bytes) {
    public JsonNode json() {
      try {
        return Json.shared().readTree(bytes.toArray());
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + text(), e);
      }
    }

    public String text() {
      return bytes.utf8();
    }

    public Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst();
    }
  }

  public Answer get(String path) throws Exception {
    return call("GET", path, Optional.empty(), Map.of());
  }

  public Answer post(String path, String json) throws Exception {
    return call("POST", path, Optional.of(json), Map.of("Content-Type", "application/json"));
  }

  public Answer post(String path) throws Exception {
    return call("POST", path, Optional.empty(), Map.of());
  }

  public Answer delete(String path) throws Exception {
    return call("DELETE", path, Optional.empty(), Map.of());
  }

  /// With the administrator's key unless `headers` has another or an empty one.
  public Answer call(String method, String path, Optional<String> body, Map<String, String> headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    headers.forEach((name, value) -> {
      if (!value.isEmpty()) {
        request.header(name, value);
      }
    });
    if (!headers.containsKey("Authorization")
        && !headers.containsKey("X-Api-Key")
        && !key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    var answer =
        new Answer(response.statusCode(), response.headers().map(), Bytes.wrap(response.body()));
    Contract.of(server.routes()).check(method, path, answer);
    return answer;
  }

  /// Sends bytes as they are and reads all that comes; "" when the connection is closed without a word.
  public String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException _) {
      return "";
    }
  }

  /// Creates a key and returns its text.
  public String newKey(String json) throws Exception {
    return post("/v1/keys", json).json().get("key").textValue();
  }

  /// Creates an account and connects it.
  public FakeAccounts.One connected(String id) throws Exception {
    post("/accounts", "{\"id\":\"" + id + "\"}");
    FakeAccounts.One one = accounts.of(id);
    one.link();
    return one;
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
