package wildcat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.server.WildcatServer;
import wildcat.server.config.Config;
import wildcat.server.config.ConfigReader;
import wildcat.simulator.Settings;
import wildcat.simulator.Simulator;
import wildcat.simulator.phone.PhoneMessage;
import wildcat.simulator.phone.VirtualPhone;

/// The whole server, its store on disk, against the simulator: REST in, webhook out, over restarts.
class ServerTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final LinkedBlockingQueue<PhoneMessage> atBob = new LinkedBlockingQueue<>();
  private HttpClient http;
  private Simulator simulator;
  private VirtualPhone ann;
  private VirtualPhone bob;
  private WildcatServer server;
  private WebhookReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    http = HttpClient.newHttpClient();
    simulator = Simulator.start(Settings.defaults());
    ann = simulator.phone("Ann");
    bob = simulator.phone("Bob");
    bob.onText(atBob::add);
    receiver = new WebhookReceiver();
    server = WildcatServer.start(config());
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
    receiver.close();
    assertThat(simulator.counters().unknownStanzas()).isEmpty();
    assertThat(simulator.counters().violations()).isEmpty();
    assertThat(simulator.counters().decodeErrors()).isZero();
    simulator.close();
  }

  private Config config() throws Exception {
    var environment = new HashMap<>(storeSettings());
    environment.put("WILDCAT_WHATSAPP_URL", simulator.webSocket().toString());
    environment.put("WILDCAT_WHATSAPP_ROOT_KEY", simulator.root().bytes().hex());
    return ConfigReader.read(List.of("--port", "0"), environment, folder);
  }

  /// What chooses the store; nothing for the embedded one.
  Map<String, String> storeSettings() {
    return Map.of();
  }

  @Test
  void anAccountIsLinkedSendsReceivesAndGoesOnAfterARestart() throws Exception {
    String secret =
        call("POST", "/v1/webhooks", "{\"url\":\"" + receiver.url("/new") + "\"}")
            .get("secret")
            .asText();
    link("mybusiness", ann);
    assertThat(receiver.next("account.linked").isSignedWith(secret)).isTrue();

    JsonNode sent = send("mybusiness", bob, "Hello from REST");
    PhoneMessage arrived = atBob();
    assertThat(arrived.text()).isEqualTo("Hello from REST");
    assertThat(arrived.id()).isEqualTo(sent.get("messageId").asText());
    assertThat(arrived.from().withoutDevice()).isEqualTo(ann.pn());

    bob.sendText(ann.pn(), "Hello from the phone");
    WebhookReceiver.Delivery delivery = receiver.next("message.received");
    assertThat(delivery.isSignedWith(secret)).isTrue();
    JsonNode event = delivery.json();
    assertThat(event.get("text").asText()).isEqualTo("Hello from the phone");
    assertThat(event.get("accountId").asText()).isEqualTo("mybusiness");
    assertThat(event.get("chatId").asText()).isEqualTo(bob.pn().toString());
    assertThat(event.get("pushName").asText()).isEqualTo("Bob");
    assertThat(event.get("eventId").asText()).isEqualTo(delivery.id());

    restartWhile(() -> bob.sendText(ann.pn(), "While you were away"));
    until("it is connected again", () -> status("mybusiness").equals("connected"));
    JsonNode queued = receiver.next("message.received").json();
    assertThat(queued.get("text").asText()).isEqualTo("While you were away");
    assertThat(queued.get("origin").asText()).isEqualTo("offline");
    assertThat(queued.get("sequence").asLong()).isGreaterThan(event.get("sequence").asLong());

    reply("mybusiness", bob, "After the restart", queued.get("messageId").asText());
    assertThat(atBob().text()).isEqualTo("After the restart");
    JsonNode stored = call("GET", "/messages?accountId=mybusiness", "").get("messages");
    assertThat(stored)
        .extracting(message -> message.get("text").asText())
        .containsExactlyInAnyOrder(
            "Hello from REST", "Hello from the phone", "While you were away", "After the restart");
    assertThat(call("GET", "/accounts/mybusiness/chats", "").get("chats"))
        .singleElement()
        .satisfies(chat -> assertThat(chat.get("messageCount").asInt()).isEqualTo(4));
  }

  @Test
  void aLegacyWebhookHearsOfIncomingAndTypedMessagesOnly() throws Exception {
    call("POST", "/webhooks", "{\"url\":\"" + receiver.url("/old") + "\"}");
    link("mybusiness", ann);
    send("mybusiness", bob, "by the API");
    assertThat(atBob().text()).isEqualTo("by the API");
    ann.sendText(bob.pn(), "typed on the phone");
    assertThat(atBob().text()).isEqualTo("typed on the phone");
    bob.sendText(ann.pn(), "incoming");

    JsonNode typed = receiver.next("message.sent").json();
    assertThat(typed.get("text").asText()).isEqualTo("typed on the phone");
    assertThat(typed.get("fromMe").asBoolean()).isTrue();
    assertThat(typed.get("chatId").asText()).isEqualTo(bob.pn().toString());
    assertThat(receiver.next("message.received").json().get("text").asText()).isEqualTo("incoming");
  }

  @Test
  void aDeletedAccountIsUnlinkedAndAnUnlinkedOneShowsACodeAgain() throws Exception {
    link("mybusiness", ann);
    assertThat(ann.devices()).hasSize(1);
    assertThat(call("DELETE", "/accounts/mybusiness", "").get("deletedCollection").asText())
        .isEqualTo("auth_mybusiness");
    assertThat(ann.devices()).isEmpty();

    link("mybusiness", ann);
    ann.unlink(ann.devices().getFirst());
    until("it is logged out", () -> status("mybusiness").equals("logged_out"));
    restartWhile(() -> {});
    until("it knows so after a restart", () -> status("mybusiness").equals("logged_out"));
    call("POST", "/accounts/mybusiness/connect", "");
    scan("mybusiness", ann);
    until("it is connected", () -> status("mybusiness").equals("connected"));
  }

  @Test
  void theSameIdempotencyKeyIsOneMessageAtThePhoneOverARestartToo() throws Exception {
    link("mybusiness", ann);
    String first = sendOnce("order-1", "only once").get("messageId").asText();
    assertThat(sendOnce("order-1", "only once").get("messageId").asText()).isEqualTo(first);
    restartWhile(() -> {});
    until("it is connected again", () -> status("mybusiness").equals("connected"));
    assertThat(sendOnce("order-1", "only once").get("messageId").asText()).isEqualTo(first);
    send("mybusiness", bob, "the next");
    assertThat(atBob().id()).isEqualTo(first);
    assertThat(atBob().text()).isEqualTo("the next");
  }

  private JsonNode sendOnce(String token, String text) throws Exception {
    var request =
        request("/accounts/mybusiness/message/send")
            .header("Idempotency-Key", token)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    JSON.writeValueAsString(Map.of("to", bob.pn().toString(), "message", text))));
    return JSON.readTree(http.send(request.build(), BodyHandlers.ofByteArray()).body());
  }

  @Test
  void severalAccountsComeBackTogether() throws Exception {
    link("ann", ann);
    link("bob", bob);
    restartWhile(() -> {});
    until(
        "both are connected",
        () -> status("ann").equals("connected") && status("bob").equals("connected"));
    send("ann", bob, "between accounts");
    until(
        "the other account has it",
        () -> call("GET", "/messages?accountId=bob", "").get("messages").size() == 1);
  }

  private interface Step {
    void run() throws Exception;
  }

  private interface Condition {
    boolean isMet() throws Exception;
  }

  private void restartWhile(Step step) throws Exception {
    http.shutdownNow();
    http = HttpClient.newHttpClient();
    server.close();
    step.run();
    server = WildcatServer.start(config());
    assertThat(server.newAdminKey()).isEmpty();
  }

  private void link(String account, VirtualPhone phone) throws Exception {
    call("POST", "/accounts", "{\"id\":\"" + account + "\"}");
    scan(account, phone);
    until("it is connected", () -> status(account).equals("connected"));
  }

  private void scan(String account, VirtualPhone phone) throws Exception {
    until(
        "there is a code",
        () -> call("GET", "/v1/accounts/" + account + "/qr", "").path("ok").asBoolean());
    phone.scan(call("GET", "/v1/accounts/" + account + "/qr", "").get("qr").asText());
  }

  private JsonNode send(String account, VirtualPhone to, String text) throws Exception {
    JsonNode answer =
        call(
            "POST",
            "/accounts/" + account + "/message/send",
            JSON.writeValueAsString(Map.of("to", to.pn().toString(), "message", text)));
    assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
    return answer;
  }

  private void reply(String account, VirtualPhone to, String text, String quoted) throws Exception {
    JsonNode answer =
        call(
            "POST",
            "/accounts/" + account + "/message/reply",
            JSON.writeValueAsString(
                Map.of("to", to.pn().user(), "message", text, "quotedMessageId", quoted)));
    assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
  }

  private String status(String account) throws Exception {
    return call("GET", "/v1/accounts/" + account + "/status", "").path("status").asText();
  }

  private PhoneMessage atBob() throws InterruptedException {
    PhoneMessage message = atBob.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing has arrived at the phone");
    }
    return message;
  }

  private HttpRequest.Builder request(String path) throws Exception {
    String key = Files.readString(folder.resolve("data/admin.key")).strip();
    return HttpRequest.newBuilder(URI.create(server.address() + path))
        .header("Authorization", "Bearer " + key);
  }

  private JsonNode call(String method, String path, String body) throws Exception {
    var request =
        request(path)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return JSON.readTree(http.send(request.build(), BodyHandlers.ofByteArray()).body());
  }

  private static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + WAIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
