package wildcat.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.api.Json;
import wildcat.client.event.AccountId;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Change;
import wildcat.client.store.Store;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.memory.InMemoryStore;
import wildcat.client.time.ManualTime;
import wildcat.server.Events;
import wildcat.server.Eventually;
import wildcat.server.Hook;
import wildcat.server.Hook.Behaviour;
import wildcat.server.egress.AllowList;
import wildcat.server.egress.Egress;
import wildcat.server.store.WebhookRow;

class DispatcherTest {
  private static final Instant START = Instant.parse("2026-11-04T09:00:00Z");
  private static final AccountId ACCOUNT = new AccountId("mybusiness");
  private static final String ANN = "1234567890@s.whatsapp.net";
  private static final String BOB = "2345678901@s.whatsapp.net";

  private final ManualTime time = new ManualTime(START);
  private final EventJournal journal = new EventJournal(new Random(3));
  private final Store store = new InMemoryStore(journal, time);
  private Hook hook;
  private Webhooks webhooks;
  private Dispatcher dispatcher;
  private AccountStore account;
  private int messages;

  @BeforeEach
  void open() throws Exception {
    hook = new Hook();
    webhooks = Webhooks.load(store, journal, time, new Random(4));
    account = store.open(ACCOUNT);
    dispatcher = newDispatcher(AllowList.LOOPBACK, 16);
  }

  @AfterEach
  void close() throws Exception {
    hook.close();
    dispatcher.stop();
  }

  private Dispatcher newDispatcher(AllowList allow, int maxInFlight) {
    var next =
        new Dispatcher(
            new Dispatcher.World(
                store.outbox(),
                webhooks,
                new Egress(allow, Egress.Names.SYSTEM, time),
                time,
                time,
                new Random(5)),
            EndpointHealthTest.exact(Schedule.STANDARD),
            maxInFlight,
            1_000);
    journal.onCommitted(next::wake);
    return next;
  }

  @Test
  void anEventArrivesSignedAndIsSettled() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/hook"), List.of());
    receive(ANN, "Hello!");
    Hook.Request request = hook.next();
    assertThat(request.path()).isEqualTo("/hook");
    assertThat(request.header("x-wildcat-attempt")).isEqualTo("1");
    assertThat(request.header("x-wildcat-gap")).isEmpty();
    assertThat(request.header("webhook-id")).isEqualTo(eventId(request));
    assertThat(request.header("webhook-timestamp"))
        .isEqualTo(Long.toString(START.getEpochSecond()));
    assertThat(request.headers())
        .containsAllEntriesOf(
            lowerCase(
                Signature.headers(
                    webhook.secret(),
                    eventId(request),
                    START,
                    wildcat.protocol.bytes.Bytes.ofUtf8(request.body()))));
    settled(webhook);
  }

  @Test
  void aRetryHasTheSameBytesAndIdAndANewTimestamp() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.ERROR);
    receive(ANN, "x");
    Hook.Request first = hook.next();
    waitingForRetry();
    hook.behave(Behaviour.OK);
    time.advance(Duration.ofSeconds(5));
    Hook.Request second = hook.next();
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    assertThat(second.header("x-wildcat-attempt")).isEqualTo("2");
    assertThat(second.header("webhook-timestamp")).isNotEqualTo(first.header("webhook-timestamp"));
    settled(webhook);
  }

  @Test
  void everythingButTwoHundredsIsTriedAgainAndAtItsTime() throws Exception {
    webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.NOT_FOUND);
    receive(ANN, "x");
    hook.next();
    Duration[] waits = {Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30)};
    Behaviour[] next = {Behaviour.REDIRECT, Behaviour.RESET, Behaviour.OK};
    for (int i = 0; i < waits.length; i++) {
      waitingForRetry();
      hook.behave(next[i]);
      time.advance(waits[i].minusSeconds(1));
      assertThat(hook.isQuiet()).isTrue();
      time.advance(Duration.ofSeconds(1));
      assertThat(hook.next().header("x-wildcat-attempt")).isEqualTo(Integer.toString(i + 2));
    }
  }

  @Test
  void aHangingEndpointIsGivenUpAfterFifteenSeconds() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.HANG);
    receive(ANN, "x");
    hook.next();
    time.advance(Duration.ofSeconds(15));
    Eventually.until(
        "the failure is known",
        () ->
            dispatcher.health(webhook.id()).orElseThrow().reason().equals("no answer within 15 s"));
    hook.behave(Behaviour.OK);
    waitingForRetry();
    time.advance(Duration.ofSeconds(5));
    assertThat(hook.next().header("x-wildcat-attempt")).isEqualTo("2");
    settled(webhook);
  }

  @Test
  void aHugeAnswerIsASuccess() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.HUGE);
    receive(ANN, "x");
    hook.next();
    settled(webhook);
  }

  @Test
  void withinAChatOrderIsKeptOverFailures() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(request -> hook.all().isEmpty() ? Behaviour.ERROR : Behaviour.OK);
    for (int i = 0; i < 20; i++) {
      receive(ANN, "a" + i);
    }
    assertThat(text(hook.next())).isEqualTo("a0");
    waitingForRetry();
    assertThat(hook.isQuiet()).isTrue(); // the second waits for the first
    time.advance(Duration.ofSeconds(5));
    for (int i = 0; i < 20; i++) {
      assertThat(text(hook.next())).isEqualTo("a" + i);
    }
    settled(webhook);
  }

  @Test
  void oneChatDoesNotWaitForAnother() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(request -> text(request).startsWith("a") ? Behaviour.HANG : Behaviour.OK);
    receive(ANN, "a");
    hook.next();
    for (int i = 0; i < 5; i++) {
      receive(BOB, "b" + i);
    }
    assertThat(hook.next(5))
        .extracting(DispatcherTest::text)
        .containsExactly("b0", "b1", "b2", "b3", "b4");
    Eventually.until(
        "only the hanging one is owed", () -> store.outbox().pending(webhook.id()) == 1);
  }

  @Test
  void oneWebhookDoesNotWaitForAnother() throws Exception {
    try (var slow = new Hook().behave(Behaviour.HANG)) {
      webhooks.create(slow.url("/"), List.of());
      WebhookRow quick = webhooks.create(hook.url("/"), List.of());
      for (int i = 0; i < 50; i++) {
        receive(i + "0000000@s.whatsapp.net", "m" + i);
      }
      hook.next(50);
      settled(quick);
      assertThat(slow.connections()).isEqualTo(16); // no more than its share
    }
  }

  @Test
  void attemptsUnderWayAreBounded() throws Exception {
    dispatcher.stop();
    dispatcher = newDispatcher(AllowList.LOOPBACK, 3);
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.HANG);
    for (int i = 0; i < 10; i++) {
      receive(i + "0000000@s.whatsapp.net", "m");
    }
    hook.next(3);
    assertThat(store.outbox().pending(webhook.id())).isEqualTo(10);
    assertThat(hook.isQuiet()).isTrue();
  }

  @Test
  void goneDisablesTheWebhookAndKeepsWhatItWasOwed() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.GONE);
    receive(ANN, "x");
    hook.next();
    Eventually.until("disabled", () -> webhooks.find(webhook.id()).orElseThrow().disabled());
    assertThat(webhooks.find(webhook.id()).orElseThrow().reason()).contains("410");
    assertThat(store.outbox().pending(webhook.id())).isEqualTo(1);
    receive(ANN, "y"); // nothing new is owed
    assertThat(store.outbox().pending(webhook.id())).isEqualTo(1);

    hook.behave(Behaviour.OK);
    webhooks.enable(webhook.id());
    dispatcher.wake(webhook.id());
    assertThat(text(hook.next())).isEqualTo("x");
    settled(webhook);
  }

  @Test
  void retryAfterIsHonoured() throws Exception {
    webhooks.create(hook.url("/"), List.of());
    hook.withHeader("Retry-After: 3600").behave(Behaviour.TOO_MANY);
    receive(ANN, "x");
    receive(BOB, "y");
    hook.next();
    paused();
    Eventually.until("the next look is armed", () -> idle() && time.waiting() == 1);
    int tried = hook.all().size();
    hook.behave(Behaviour.OK);
    time.advance(Duration.ofMinutes(59));
    assertThat(hook.all()).hasSize(tried);
    time.advance(Duration.ofMinutes(1));
    Eventually.until("both have arrived", () -> hook.all().size() == tried + 2);
  }

  @Test
  void anEndpointThatFailsAsAWholeIsProbedWithOneEventAndThenCaughtUpAtOnce() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.ERROR);
    for (int i = 0; i < 40; i++) {
      receive(i + "0000000@s.whatsapp.net", "m" + i);
    }
    paused();
    Eventually.until("nothing is under way", this::idle);
    int before = hook.all().size();
    assertThat(before).isLessThan(40); // 3 to pause, and what was under way
    for (int i = 0; i < 60; i++) {
      time.advance(Duration.ofMinutes(1));
      Eventually.until("the probe is over", this::idle);
    }
    assertThat(hook.all().size() - before).isBetween(55, 70); // one a minute, not 40
    assertThat(webhooks.find(webhook.id()).orElseThrow().failingSince())
        .isEqualTo(Json.time(START));

    hook.behave(Behaviour.OK);
    time.advance(Duration.ofMinutes(1));
    settled(webhook);
    Set<String> arrived = ConcurrentHashMap.newKeySet();
    hook.all().forEach(request -> arrived.add(request.header("webhook-id")));
    assertThat(arrived).hasSize(40);
    Eventually.until(
        "it counts as well again",
        () -> webhooks.find(webhook.id()).orElseThrow().failingSince() == null);
  }

  @Test
  void aPoisonousEventIsPutAsideAndTheNextOfItsChatSaysGap() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(request -> text(request).equals("poison") ? Behaviour.ERROR : Behaviour.OK);
    receive(ANN, "poison");
    receive(ANN, "next");
    Duration[] waits = {
      Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(4), Duration.ofMinutes(9)
    };
    hook.next();
    receive(BOB, "fine");
    assertThat(text(hook.next())).isEqualTo("fine");
    for (Duration wait : waits) {
      waitingForRetry();
      time.advance(wait);
      assertThat(text(hook.next())).isEqualTo("poison");
    }
    Hook.Request next = hook.next();
    assertThat(text(next)).isEqualTo("next");
    assertThat(next.header("x-wildcat-gap")).isEqualTo("true");
    settled(webhook);
    assertThat(store.outbox().dead(webhook.id(), 10))
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.reason()).contains("answered 500, while other events were accepted");
          assertThat(letter.delivery().attempts()).isEqualTo(5);
        });
  }

  @Test
  void anAddressThatIsRefusedIsNotCalledAndTheReasonIsShown() throws Exception {
    dispatcher.stop();
    dispatcher = newDispatcher(AllowList.NONE, 16);
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    receive(ANN, "x");
    paused();
    Eventually.until("nothing is under way", this::idle);
    assertThat(dispatcher.health(webhook.id()).orElseThrow().reason())
        .contains("127.0.0.1 (loopback)")
        .contains("WILDCAT_EGRESS_ALLOW");
    assertThat(hook.connections()).isZero();

    dispatcher.stop(); // the operator allows it and starts anew
    dispatcher = newDispatcher(AllowList.LOOPBACK, 16);
    dispatcher.start();
    time.advance(Duration.ofSeconds(5));
    assertThat(text(hook.next())).isEqualTo("x");
    settled(webhook);
  }

  @Test
  void whatIsOwedSurvivesARestart() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.HANG);
    receive(ANN, "x");
    receive(ANN, "y");
    hook.next();
    var stopping = Thread.ofVirtual().start(this::stop);
    Eventually.until("the grace has begun", () -> time.waiting() >= 2);
    time.advance(Duration.ofSeconds(5)); // then the attempt is broken off
    stopping.join();
    assertThat(store.outbox().pending(webhook.id())).isEqualTo(2);

    hook.behave(Behaviour.OK);
    dispatcher = newDispatcher(AllowList.LOOPBACK, 16);
    dispatcher.start();
    Hook.Request again = hook.next();
    assertThat(text(again)).isEqualTo("x");
    assertThat(again.header("x-wildcat-attempt")).isEqualTo("1"); // broken off by us: not counted
    assertThat(text(hook.next())).isEqualTo("y");
    settled(webhook);
  }

  @Test
  void aRemovedWebhookGetsNothingMore() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    hook.behave(Behaviour.ERROR);
    receive(ANN, "x");
    hook.next();
    waitingForRetry();
    assertThat(webhooks.remove(webhook.id())).isTrue();
    dispatcher.wake(webhook.id());
    time.advance(Duration.ofHours(1));
    receive(ANN, "y");
    assertThat(hook.all()).hasSize(1);
    assertThat(store.outbox().pending(webhook.id())).isZero();
  }

  @Test
  void aThousandEventsOfManyChatsArriveOnceAndInOrder() throws Exception {
    WebhookRow webhook = webhooks.create(hook.url("/"), List.of());
    var random = new Random(9);
    hook.behave(_ -> random.nextInt(20) == 0 ? Behaviour.RESET : Behaviour.OK);
    int[] sent = new int[10];
    for (int i = 0; i < 1_000; i++) {
      int chat = random.nextInt(sent.length);
      receive(chat + "0000000@s.whatsapp.net", Integer.toString(sent[chat]++));
    }
    while (store.outbox().pending(webhook.id()) > 0) {
      Eventually.until("nothing is under way", this::idle);
      time.advance(Duration.ofSeconds(5));
    }
    var last = new HashMap<String, Integer>();
    var first = new HashMap<String, Integer>();
    for (Hook.Request request : hook.all()) {
      String chat = Json.shared().readTree(request.body()).get("chatId").textValue();
      int number = Integer.parseInt(text(request));
      // never backwards; the same again only as a repetition of the one before
      assertThat(number).isBetween(last.getOrDefault(chat, 0), last.getOrDefault(chat, -1) + 1);
      last.put(chat, number);
      first.merge(chat + number, 1, Integer::sum);
    }
    assertThat(first).hasSize(1_000);
  }

  private void stop() {
    try {
      dispatcher.stop();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void receive(String chat, String text) throws Exception {
    var message = Events.received(chat, "M" + messages++, text);
    account.commit(UnitOfWork.of(new Change.RecordEvent(message, time.instant())));
  }

  private void settled(WebhookRow webhook) throws Exception {
    Eventually.until("all is delivered", () -> store.outbox().pending(webhook.id()) == 0);
  }

  /// The result of the last attempt is stored and the next one is armed.
  private void waitingForRetry() throws Exception {
    Eventually.until("a retry waits", () -> idle() && time.waiting() == 1);
  }

  private void paused() throws Exception {
    Eventually.until(
        "the endpoint is paused",
        () ->
            webhooks.all().stream()
                .anyMatch(webhook ->
                    dispatcher.health(webhook.id()).map(Dispatcher.Health::paused).orElse(false)));
  }

  private boolean idle() {
    return dispatcher.isIdle();
  }

  private static String text(Hook.Request request) {
    return read(request).get("text").textValue();
  }

  private static String eventId(Hook.Request request) {
    return read(request).get("eventId").textValue();
  }

  private static com.fasterxml.jackson.databind.JsonNode read(Hook.Request request) {
    try {
      return Json.shared().readTree(request.body());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    var lower = new HashMap<String, String>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), value));
    return lower;
  }
}
