package wildcat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.Settings;
import wildcat.simulator.Simulator;
import wildcat.simulator.phone.PhoneMessage;
import wildcat.simulator.phone.VirtualPhone;
import wildcat.simulator.world.Delivery;

/// The server is killed with SIGKILL again and again, at random moments, while 50 messages a second come
/// in and others go out.
///
/// `-Dwildcat.crash.rounds=50` for more kills than the few of an ordinary build, `-Dwildcat.crash.seed=n`
/// for other moments.
final class CrashTest {
  private static final int ROUNDS = Integer.getInteger("wildcat.crash.rounds", 4);
  private static final long SEED = Long.getLong("wildcat.crash.seed", 20_261_125);
  private static final int PHONES = 5;
  private static final long NANOS_BETWEEN_TEXTS = 100_000_000; // 5 phones: 50 a second
  private static final String ACCOUNT = "mybusiness";

  @TempDir Path folder;
  private final List<VirtualPhone> phones = new ArrayList<>();
  private final Map<String, Integer> sent = new ConcurrentHashMap<>();
  private final List<PhoneMessage> arrived = new CopyOnWriteArrayList<>();
  private Simulator simulator;
  private VirtualPhone ann;
  private VirtualPhone customer;
  private WebhookReceiver receiver;
  private ServerProcess server;
  private volatile boolean running = true;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults());
    ann = simulator.phone("Ann");
    customer = simulator.phone("Customer");
    customer.onText(arrived::add);
    receiver = new WebhookReceiver();
    server = new ServerProcess(folder, simulator);
    server.start();
    server.post("/v1/webhooks", Map.of("url", receiver.url("/hook")));
    ann.scan(server.code(ACCOUNT));
    ServerProcess.until("it is connected", () -> server.status(ACCOUNT).equals("connected"));
  }

  @AfterEach
  void stop() {
    running = false;
    server.close();
    receiver.close();
    simulator.close();
  }

  @Test
  void nothingAcknowledgedIsLostNothingIsOutOfOrderAndNothingIsSentTwice() throws Exception {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < PHONES; i++) {
      VirtualPhone phone = simulator.phone("Phone " + i);
      phones.add(phone);
      threads.add(Thread.ofVirtual().start(() -> write(phone)));
    }
    var orders = new ArrayList<String>();
    Thread sender = Thread.ofVirtual().start(() -> send(orders));
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      if (random.nextInt(3) > 0) { // else it may die while it connects
        ServerProcess.until("it is connected", () -> server.status(ACCOUNT).equals("connected"));
      }
      LockSupport.parkNanos((100 + random.nextInt(1_500)) * 1_000_000L);
      server.kill();
      server.start();
    }
    running = false;
    for (Thread thread : threads) {
      thread.join();
    }
    sender.join();
    int expected = sent.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(expected).as("texts that came in").isGreaterThan(ROUNDS * 15);
    assertThat(orders).as("texts that went out").hasSizeGreaterThan(ROUNDS);

    ServerProcess.until("all is stored", () -> texts(server.messages(ACCOUNT)).size() >= expected);
    ServerProcess.until("all is delivered", () -> receivedTexts().size() >= expected);
    ServerProcess.until("all has left", () -> arrived.size() >= orders.size());

    everyAcknowledgedMessageIsStored();
    deliveriesOfAChatAreInOrderAndRepeatedToTheLetter();
    assertThat(arrived).extracting(PhoneMessage::text).containsExactlyElementsOf(orders);
    assertThat(simulator.counters().unknownStanzas()).isEmpty();
    assertThat(simulator.counters().violations())
        .as("message keys used twice, and the like")
        .isEmpty();
    assertThat(simulator.counters().decodeErrors()).isZero();
  }

  private void write(VirtualPhone phone) {
    for (int n = 0; running; n++) {
      phone.sendText(ann.pn(), phone.pushName() + " " + n);
      sent.put(phone.pushName(), n + 1);
      LockSupport.parkNanos(NANOS_BETWEEN_TEXTS);
    }
  }

  /// Sends order after order, each again under its key until the server has answered that it is sent.
  private void send(List<String> orders) {
    while (running) {
      String text = "order " + orders.size();
      while (!isSent(text)) {
        LockSupport.parkNanos(50_000_000);
      }
      orders.add(text);
      LockSupport.parkNanos(NANOS_BETWEEN_TEXTS);
    }
  }

  private boolean isSent(String text) {
    try {
      return server
          .post(
              "/accounts/" + ACCOUNT + "/message/send",
              Map.of("to", customer.pn().toString(), "message", text),
              "Idempotency-Key",
              text)
          .path("ok")
          .asBoolean();
    } catch (IOException _) {
      return false; // the server is down or was killed meanwhile
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void everyAcknowledgedMessageIsStored() throws Exception {
    List<String> stored =
        server.messages(ACCOUNT).stream().map(m -> m.get("messageId").asText()).toList();
    assertThat(stored).doesNotHaveDuplicates();
    Jid device = ann.devices().getFirst().pn();
    List<String> acknowledged =
        simulator.ledger(device).stream()
            .filter(d -> d.tag().equals("message") && d.acknowledged())
            .filter(d -> !d.from().isSameUser(ann.pn()) && !d.from().isSameUser(ann.lid()))
            .map(Delivery::id)
            .distinct()
            .toList();
    assertThat(acknowledged).isNotEmpty();
    assertThat(stored).containsAll(acknowledged);
  }

  private static List<String> texts(List<JsonNode> messages) {
    return messages.stream()
        .filter(m -> !m.get("fromMe").asBoolean())
        .map(m -> m.get("text").asText())
        .toList();
  }

  /// The texts at the webhook, each once, in the order of their first deliveries.
  private List<String> receivedTexts() throws IOException {
    var texts = new LinkedHashSet<String>();
    for (WebhookReceiver.Delivery delivery : receiver.all()) {
      JsonNode event = delivery.json();
      if (event.get("event").asText().equals("message.received")) {
        texts.add(event.get("text").asText());
      }
    }
    return List.copyOf(texts);
  }

  private void deliveriesOfAChatAreInOrderAndRepeatedToTheLetter() throws IOException {
    var bodies = new HashMap<String, String>();
    var events = new LinkedHashMap<String, JsonNode>();
    for (WebhookReceiver.Delivery delivery : receiver.all()) {
      String before = bodies.put(delivery.id(), delivery.body());
      assertThat(before == null || before.equals(delivery.body()))
          .as("the same id, the same body")
          .isTrue();
      events.putIfAbsent(delivery.id(), delivery.json());
    }
    var lastSequence = new HashMap<String, Long>();
    var textsOf = new HashMap<String, List<String>>();
    for (JsonNode event : events.values()) {
      String chat = event.path("chatId").asText();
      long sequence = event.get("sequence").asLong();
      Long last = lastSequence.put(chat, sequence);
      assertThat(last == null || last < sequence).as("order within a chat").isTrue();
      if (event.get("event").asText().equals("message.received")) {
        textsOf
            .computeIfAbsent(event.get("pushName").asText(), _ -> new ArrayList<>())
            .add(event.get("text").asText());
      }
    }
    for (VirtualPhone phone : phones) {
      assertThat(textsOf.get(phone.pushName()))
          .containsExactlyElementsOf(
              IntStream.range(0, sent.getOrDefault(phone.pushName(), 0))
                  .mapToObj(n -> phone.pushName() + " " + n)
                  .toList());
    }
  }
}
