package wildcat.server.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.time.ManualTime;
import wildcat.protocol.bytes.Bytes;
import wildcat.server.Hook;
import wildcat.server.Hook.Behaviour;

class EgressTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-04T09:00:00Z"));
  private Hook hook;
  private Egress egress;

  @BeforeEach
  void open() throws Exception {
    hook = new Hook();
    egress = new Egress(AllowList.LOOPBACK, Egress.Names.SYSTEM, time);
  }

  @AfterEach
  void close() throws Exception {
    egress.close();
    hook.close();
  }

  @Test
  void theBodyAndHeadersArriveAsGiven() throws Exception {
    var answer =
        egress.post(
            new Egress.Post(
                Target.parse(hook.url("/a?b=c")),
                Map.of("X-One", "1"),
                Bytes.ofUtf8("{\"ä\":1}"),
                LIMIT));
    assertThat(answer.status()).isEqualTo(200);
    Hook.Request request = hook.next();
    assertThat(request.path()).isEqualTo("/a?b=c");
    assertThat(request.body()).isEqualTo("{\"ä\":1}");
    assertThat(request.header("x-one")).isEqualTo("1");
    assertThat(request.header("content-type")).startsWith("application/json");
    assertThat(request.header("user-agent")).isEqualTo("Wildcat/3");
    assertThat(request.header("host")).isEqualTo("127.0.0.1:" + hook.port());
    assertThat(request.headers()).doesNotContainKey("authorization");
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    post(hook.url("/1"));
    post(hook.url("/2"));
    assertThat(hook.connections()).isEqualTo(1);
  }

  @Test
  void aPrivateAddressIsRefusedBeforeAnythingIsSent() {
    try (var strict = new Egress(AllowList.NONE, Egress.Names.SYSTEM, time)) {
      for (String url :
          List.of(
              hook.url("/"),
              "http://localhost:" + hook.port() + "/",
              "http://2130706433:" + hook.port() + "/", // 127.0.0.1 as one number
              "http://127.1:" + hook.port() + "/",
              "http://0:" + hook.port() + "/",
              "http://[::1]:" + hook.port() + "/",
              "http://[::ffff:127.0.0.1]:" + hook.port() + "/",
              "http://example.org@127.0.0.1:" + hook.port() + "/")) {
        assertThatThrownBy(() -> strict.post(request(url)))
            .as(url)
            .isInstanceOf(EgressFailed.class)
            .satisfies(e ->
                assertThat(e)
                    .isInstanceOfAny(EgressFailed.Refused.class, EgressFailed.Unreachable.class));
      }
    }
    assertThat(hook.connections()).isZero();
  }

  @Test
  void theRefusalSaysWhatToDo() {
    try (var strict = new Egress(AllowList.NONE, Egress.Names.SYSTEM, time)) {
      assertThatThrownBy(() -> strict.post(request(hook.url("/secret?token=1"))))
          .isInstanceOf(EgressFailed.Refused.class)
          .hasMessage(
              "127.0.0.1 is the address 127.0.0.1 (loopback),"
                  + " which is not called unless WILDCAT_EGRESS_ALLOW names it");
    }
  }

  @Test
  void oneBadAddressAmongGoodOnesRefusesTheName() {
    Egress.Names names = _ -> List.of(address("1.1.1.1"), address("10.0.0.1"));
    try (var strict = new Egress(AllowList.NONE, names, time)) {
      assertThatThrownBy(() -> strict.post(request("http://mixed.example/")))
          .isInstanceOf(EgressFailed.Refused.class);
    }
  }

  @Test
  void aNameThatAnswersDifferentlyTheSecondTimeIsAskedOnlyOnce() throws Exception {
    var asked = new AtomicInteger();
    Egress.Names flipping =
        _ -> List.of(address(asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1"));
    try (var one = new Egress(AllowList.LOOPBACK, flipping, time)) {
      assertThat(one.post(request("http://flip.example:" + hook.port() + "/")).status())
          .isEqualTo(200);
    }
    assertThat(asked).hasValue(1);
    assertThat(hook.next().header("host")).isEqualTo("flip.example:" + hook.port());
  }

  @Test
  void anUnknownNameIsUnreachable() {
    Egress.Names none =
        host -> {
          throw new UnknownHostException(host);
        };
    try (var lost = new Egress(AllowList.NONE, none, time)) {
      assertThatThrownBy(() -> lost.post(request("http://nowhere.example/?token=1")))
          .isInstanceOf(EgressFailed.Unreachable.class)
          .hasMessage("the host's name is unknown");
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    hook.behave(Behaviour.REDIRECT);
    assertThat(post(hook.url("/")).status()).isEqualTo(302);
    assertThat(hook.all()).hasSize(1);
  }

  @Test
  void anEndlessAnswerIsCutAtTheLimit() throws Exception {
    hook.behave(Behaviour.HUGE);
    assertThat(post(hook.url("/")).bytesRead()).isEqualTo(Egress.MAX_ANSWER_BYTES);
  }

  @Test
  void anAnswerThatDoesNotComeEndsWithTheLimit() throws Exception {
    hook.behave(Behaviour.HANG);
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = thread.submit(() -> post(hook.url("/")));
      hook.next();
      time.advance(LIMIT);
      assertThatThrownBy(answer::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(EgressFailed.TimedOut.class)
          .hasMessage("no answer within 15 s");
    }
    assertThat(time.waiting()).isZero();
  }

  @Test
  void aResetIsUnreachableAndNotRepeated() {
    hook.behave(Behaviour.RESET);
    assertThatThrownBy(() -> post(hook.url("/"))).isInstanceOf(EgressFailed.Unreachable.class);
    assertThat(hook.all()).hasSize(1);
  }

  @Test
  void nobodyListeningIsUnreachable() {
    assertThatThrownBy(() -> post("http://127.0.0.1:1/")) // tcpmux: nobody has it
        .isInstanceOf(EgressFailed.Unreachable.class)
        .hasMessage("the connection was refused or timed out");
  }

  @Test
  void afterCloseNothingIsSent() {
    egress.close();
    assertThatThrownBy(() -> post(hook.url("/"))).isInstanceOf(EgressFailed.class);
    assertThat(hook.connections()).isZero();
  }

  private Egress.Answer post(String url) throws Exception {
    return egress.post(request(url));
  }

  private static Egress.Post request(String url) throws Target.NotATarget {
    return new Egress.Post(Target.parse(url), Map.of(), Bytes.ofUtf8("{}"), LIMIT);
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
