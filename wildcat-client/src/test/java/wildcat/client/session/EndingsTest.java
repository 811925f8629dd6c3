package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Stanzas.failure;
import static wildcat.client.fake.Stanzas.iq;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.client.event.AccountState;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.Event;
import wildcat.client.fake.FakeLink;
import wildcat.client.fake.FakePhone;
import wildcat.client.fake.Harness;
import wildcat.client.store.Credentials;
import wildcat.protocol.node.Node;

/// What follows when a connection ends, the whole client against a scripted server with time in the test's hand.
final class EndingsTest {
  @ParameterizedTest
  @CsvSource({
    "400, DISCONNECTED",
    "401, LOGGED_OUT",
    "403, LOGGED_OUT",
    "406, BANNED",
    "409, DISCONNECTED",
    "415, DISCONNECTED",
    "418, DISCONNECTED",
    "501, DISCONNECTED",
    "777, DISCONNECTED",
  })
  void failureThatTryingAgainCannotMendStops(int reason, Status status) throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      link.payload();
      link.push(failure(reason));
      AccountState state = h.awaitState(status);
      assertThat(state.reason()).contains(Integer.toString(reason));
      link.awaitClosed();
      h.time.advance(Duration.ofDays(2));
      assertThat(h.server.isIdle()).isTrue();
      assertThat(h.time.waiting()).isZero();
      boolean keysGone = status == Status.LOGGED_OUT || status == Status.BANNED;
      assertThat(h.account.credentials().isEmpty()).isEqualTo(keysGone);
    }
  }

  @ParameterizedTest
  @CsvSource({"500", "503"})
  void transientFailureIsTriedAgain(int reason) throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      link.payload();
      link.push(failure(reason));
      h.awaitState(Status.RECONNECTING);
      FakeLink next = h.nextConnection();
      next.payload();
      h.login(next);
    }
  }

  @Test
  void banIsWaitedForAndThenTriedAgain() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      link.payload();
      link.push(failure(402).with("code", 101).with("expire", 3_600));
      AccountState state = h.awaitState(Status.BANNED);
      assertThat(state.until()).contains(h.time.instant().plusSeconds(3_600));
      assertThat(state.reason()).contains("101");
      h.time.advance(Duration.ofSeconds(3_598));
      h.client.connect();
      assertThat(h.server.isIdle()).isTrue();
      FakeLink next = h.nextConnection();
      assertThat(h.time.instant()).isAfterOrEqualTo(state.until().orElseThrow());
      next.payload();
      h.login(next);
    }
  }

  @Test
  void banIsNotTriedEarlierByDisconnectingAndConnecting() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      link.payload();
      link.push(failure(402).with("expire", 3_600));
      AccountState banned = h.awaitState(Status.BANNED);
      h.client.disconnect();
      assertThat(h.client.state().status()).isEqualTo(Status.DISCONNECTED);
      assertThat(h.client.state().until()).isEqualTo(banned.until());
      h.client.connect();
      h.awaitState(Status.BANNED);
      h.time.advance(Duration.ofMinutes(59));
      assertThat(h.server.isIdle()).isTrue();
      h.nextConnection();
    }
  }

  @Test
  void clientThatIsTooOldTriesOnceMoreAndStops() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      link.payload();
      link.push(failure(405));
      h.awaitState(Status.RECONNECTING);
      FakeLink second = h.nextConnection();
      second.payload();
      second.push(failure(405));
      assertThat(h.awaitState(Status.DISCONNECTED).reason()).contains("405");
      h.time.advance(Duration.ofDays(1));
      assertThat(h.server.isIdle()).isTrue();
      assertThat(h.account.credentials()).isPresent();
    }
  }

  @Test
  void deviceOpenedElsewhereDoesNotFightBack() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.push(
          Node.of("stream:error", Node.of("conflict").with("type", "replaced")).with("code", 409));
      h.awaitState(Status.CONFLICT);
      h.time.advance(Duration.ofDays(1));
      assertThat(h.server.isIdle()).isTrue();
      assertThat(h.account.credentials()).isPresent();
      h.client.connect();
      FakeLink again = h.nextConnection();
      again.payload();
      h.login(again);
    }
  }

  @Test
  void phoneThatRemovesTheDeviceLogsItOutAndConnectLinksAnew() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      Credentials before = h.account.credentials().orElseThrow();
      link.push(
          Node.of("stream:error", Node.of("conflict").with("type", "device_removed"))
              .with("code", 401));
      h.awaitState(Status.LOGGED_OUT);
      assertThat(h.account.credentials()).isEmpty();
      assertThat(h.recorded()).endsWith("connected", "logged_out");

      h.client.connect();
      FakeLink again = h.nextConnection();
      assertThat(again.payload().hasDevicePairingData()).isTrue();
      assertThat(h.account.credentials().orElseThrow().identity()).isNotEqualTo(before.identity());
      again.push(FakePhone.pairDevice("n", 6));
      again.take();
      h.event(Event.LinkCodeIssued.class);
    }
  }

  @Test
  void restartReconnectsWithoutPause() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      h.passPermits();
      link.push(Harness.streamError(515));
      FakeLink next = h.server.next();
      next.payload();
    }
  }

  @Test
  void endOfTheStreamReconnects() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.push(Node.of("xmlstreamend"));
      link.awaitClosed();
      assertThat(h.awaitState(Status.RECONNECTING).reason()).contains("ended the stream");
      h.nextConnection();
    }
  }

  @Test
  void unknownStreamErrorLeavesTheSocketToTheServer() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.push(Node.of("stream:error", Node.of("ack").with("class", "receipt").with("id", "1")));
      link.push(iq("s1", "urn:xmpp:ping"));
      assertThat(link.take().text("id")).isEqualTo("s1");
      assertThat(link.isClosed()).isFalse();
      link.drop("closed by the server");
      assertThat(h.awaitState(Status.RECONNECTING).reason()).contains("acknowledgement");
    }
  }

  @Test
  void stanzaThatDoesNotDecodeEndsTheConnection() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.pushRaw(
          new byte[] {
            0, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
          });
      link.awaitClosed();
      assertThat(h.awaitState(Status.RECONNECTING).reason()).contains("does not decrypt");
    }
  }

  @Test
  void muteServerIsGivenUpAfterTwentySeconds() throws Exception {
    try (var h = new Harness()) {
      h.server.stayMute();
      h.client.connect();
      FakeLink link = h.server.next();
      link.awaitHello();
      h.time.advance(Duration.ofSeconds(19));
      assertThat(link.isClosed()).isFalse();
      h.time.advance(Duration.ofSeconds(1));
      link.awaitClosed();
      assertThat(h.awaitState(Status.RECONNECTING).reason()).contains("no answer within 20 s");
    }
  }

  @Test
  void deadLinkIsFoundAndReplaced() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.answering(_ -> Optional.empty());
      h.time.advance(Duration.ofSeconds(90));
      link.awaitClosed();
      assertThat(h.awaitState(Status.RECONNECTING).reason()).contains("nothing arrived");
      h.nextConnection();
    }
  }

  @Test
  void keepaliveHoldsAQuietConnection() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      h.pass(Duration.ofMinutes(10), link);
      assertThat(link.isClosed()).isFalse();
    }
  }

  @Test
  void attemptsFollowTheBackOffUntilTheServerIsBack() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      h.server.refuse("connection refused");
      link.drop("network");
      h.awaitState(Status.RECONNECTING);
      h.time.advance(Duration.ofHours(1));
      h.server.accept();
      FakeLink next = h.nextConnection();
      next.payload();
      h.login(next);
      // one event for the whole outage
      assertThat(h.recorded()).endsWith("connected", "reconnecting", "connected");
    }
  }
}
