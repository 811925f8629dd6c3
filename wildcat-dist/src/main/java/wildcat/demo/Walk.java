package wildcat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import wildcat.cli.output.Json;
import wildcat.cli.output.Text;
import wildcat.cli.rest.Api;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Refused;
import wildcat.cli.rest.Route;
import wildcat.simulator.phone.PhoneMessage;
import wildcat.simulator.phone.ScanRefused;
import wildcat.simulator.phone.VirtualPhone;

/// The steps of the demo, one method each, in order. All that happens to the server happens over REST.
final class Walk {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final String ACCOUNT = "demo";
  private static final String QUESTION = "Hello Ann, can anybody else read this?";

  private final Story story;
  private final Stage stage;
  private final Receiver receiver;
  private final Api api;
  private final VirtualPhone own;
  private final VirtualPhone ann;
  private final BlockingQueue<PhoneMessage> read = new LinkedBlockingQueue<>();

  /// @throws IOException the key file of the server cannot be read
  Walk(Story story, Stage stage, Receiver receiver) throws IOException {
    this.story = story;
    this.stage = stage;
    this.receiver = receiver;
    this.api = stage.api(LIMIT);
    this.own = stage.simulator().phone("Wildcat Demo");
    this.ann = stage.simulator().phone("Ann");
    ann.onText(this::answer);
  }

  /// Ann answers whatever she reads, now and after the walk.
  private void answer(PhoneMessage message) {
    read.add(message);
    ann.sendText(message.from().withoutDevice(), "Ann here. I read: " + message.text());
  }

  void walk() throws DemoFailed, InterruptedException {
    try {
      places();
      createAccount();
      linkPhone();
      addWebhook();
      sendMessage();
      receiveAnswer();
    } catch (ApiFailed e) {
      throw new DemoFailed(String.valueOf(e.getMessage()));
    }
  }

  private void places() {
    story.step("A WhatsApp to play with, and the server");
    story.say("The simulator speaks WhatsApp's protocol at " + stage.simulator().webSocket() + ".");
    story.say("It has two phones: yours (%s) and Ann's (%s).".formatted(number(own), number(ann)));
    story.say("The server is at " + stage.url() + "; its data is in " + stage.data() + ".");
    story.say("Its first start made a key and wrote it where only you can read it:");
    story.shell(stage.keyLine());
  }

  private void createAccount() throws ApiFailed {
    story.step("An account is created");
    var call = Call.post(Route.of("accounts"), Json.object().put("id", ACCOUNT));
    story.shell(call.curl(stage.url()));
    var answer = call.on(api);
    story.quote(Json.compact(answer));
  }

  private void linkPhone() throws ApiFailed, DemoFailed, InterruptedException {
    story.step("The account is linked to your phone");
    var route = Route.of("v1", "accounts", ACCOUNT, "qr");
    story.shell(Call.get(route).curl(stage.url()) + " -H 'Accept: text/plain'");
    var code = await("a QR code", () -> linkCode(route));
    story.picture(api.text(route));
    story.say(
        "With a real phone you would scan this: WhatsApp > Linked devices. Here the virtual one does.");
    long scanned = System.nanoTime();
    try {
      own.scan(code);
    } catch (ScanRefused e) {
      throw new DemoFailed("the phone did not take the code", e);
    }
    var status = Route.of("v1", "accounts", ACCOUNT, "status");
    await("the account to be connected", () -> connected(status));
    story.done("linked and connected", since(scanned));
  }

  private Optional<String> linkCode(Route route) throws ApiFailed {
    try {
      return Optional.of(api.get(route).path("qr").asText()).filter(code -> !code.isEmpty());
    } catch (Refused refused) {
      if (refused.status() == 404 || refused.status() == 409) {
        return Optional.empty(); // not yet
      }
      throw refused;
    }
  }

  private Optional<JsonNode> connected(Route status) throws ApiFailed {
    return Optional.of(api.get(status))
        .filter(answer -> answer.path("status").asText().equals("connected"));
  }

  private void addWebhook() throws ApiFailed {
    story.step("A webhook is added");
    story.say("It is a receiver inside this demo, such as your program would be.");
    var call = Call.post(Route.of("v1", "webhooks"), Json.object().put("url", receiver.url()));
    story.shell(call.curl(stage.url()));
    var answer = call.on(api);
    receiver.trust(answer.path("secret").asText());
    story.say(
        "The answer has the secret with which the receiver checks that a delivery is from this server.");
  }

  private void sendMessage() throws ApiFailed, DemoFailed, InterruptedException {
    story.step("A message is sent to Ann");
    var call = send(QUESTION);
    story.shell(call.curl(stage.url()));
    long sent = System.nanoTime();
    var answer = call.on(api);
    story.quote(Json.compact(answer));
    var message = read.poll(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    if (message == null) {
      throw new DemoFailed("Ann's phone got nothing within %d s".formatted(LIMIT.toSeconds()));
    }
    if (!message.text().equals(QUESTION)) {
      throw new DemoFailed("Ann's phone decrypted something else than what was sent");
    }
    story.done("Ann's phone decrypted: " + Text.clean(message.text()), since(sent));
    story.say(
        "That was %.1f s after this demo was started."
            .formatted(stage.sinceStart().toMillis() / 1000.0));
  }

  private void receiveAnswer() throws DemoFailed, InterruptedException {
    story.step("Ann's answer arrives at the webhook");
    var expected = "Ann here. I read: " + QUESTION;
    long waited = System.nanoTime();
    var event =
        receiver.await(
            one ->
                one.path("event").asText().equals("message.received")
                    && one.path("text").asText().equals(expected),
            LIMIT);
    story.quote(
        "%s from %s: %s"
            .formatted(
                event.path("event").asText(),
                event.path("pushName").asText("?"),
                event.path("text").asText()));
    story.done("the signature fits; the receiver answered 204", since(waited));
  }

  /// What can be tried in another terminal while the server goes on.
  void invite() {
    story.heading("The server goes on until Ctrl-C. In another terminal:");
    story.shell(stage.keyLine());
    story.shell(send("And this?").curl(stage.url()));
    story.shell(Call.get(Route.of("messages").with("accountId", ACCOUNT)).curl(stage.url()));
    story.shell(Call.get(Route.of("accounts", ACCOUNT, "chats")).curl(stage.url()));
    story.gap();
    story.say("The same with the command line:");
    story.shell("export WILDCAT_URL=" + stage.url() + " WILDCAT_KEY=$KEY");
    story.shell("./wildcat message send " + ACCOUNT + " " + number(ann) + " 'And this?'");
    story.shell("./wildcat messages " + ACCOUNT);
    story.gap();
    story.say("Ann answers everything; what reaches the webhook is printed here.");
    story.say(
        "With your own phone: ./wildcat serve, and ./wildcat account create mybusiness --qr (README.md).");
    story.gap();
    receiver.onEvent(event -> {
      if (event.path("event").asText().startsWith("message.received")) {
        story.quote(
            "webhook: " + event.path("pushName").asText("?") + ": " + event.path("text").asText());
      }
    });
  }

  private Call send(String text) {
    return Call.post(
        Route.of("accounts", ACCOUNT, "message", "send"),
        Json.object().put("to", number(ann)).put("message", text));
  }

  private static String number(VirtualPhone phone) {
    return phone.pn().user();
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  private interface Look<T> {
    Optional<T> look() throws ApiFailed;
  }

  private static <T> T await(String what, Look<T> look)
      throws ApiFailed, DemoFailed, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      var found = look.look();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    throw new DemoFailed("waited %d s for %s in vain".formatted(LIMIT.toSeconds(), what));
  }
}
