package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Stanzas.ib;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wildcat.client.event.AccountState.Status;
import wildcat.client.fake.FakeLink;
import wildcat.client.fake.FakePhone;
import wildcat.client.fake.Harness;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Requests, logout, a failing store, and what the user asks for, against a scripted server.
final class LifeCycleTest {
  @Test
  void requestWithoutAnswerFailsAfterAMinute() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.answering(_ -> Optional.empty());
      var failure = new CompletableFuture<Throwable>();
      Thread.startVirtualThread(() -> {
        try {
          h.client.logout();
        } catch (RequestFailed | wildcat.client.store.StoreFailed | InterruptedException e) {
          failure.complete(e);
        }
      });
      Node iq = link.take();
      assertThat(iq.child("remove-companion-device").orElseThrow().jid("jid"))
          .contains(FakePhone.PN);
      for (int i = 0; i < 6; i++) {
        h.time.advance(Duration.ofSeconds(10));
        link.push(Node.of("presence").with("from", Jid.WHATSAPP));
      }
      assertThat(failure.get(20, TimeUnit.SECONDS))
          .isInstanceOf(OutcomeUnknown.class)
          .hasMessageContaining("60 s");
      assertThat(h.account.credentials()).isPresent();
    }
  }

  @Test
  void lostConnectionFailsWhoeverWaits() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.answering(_ -> Optional.empty());
      var failure = new CompletableFuture<Throwable>();
      Thread.startVirtualThread(() -> {
        try {
          h.client.logout();
        } catch (RequestFailed | wildcat.client.store.StoreFailed | InterruptedException e) {
          failure.complete(e);
        }
      });
      link.take();
      link.drop("network");
      assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(OutcomeUnknown.class);
    }
  }

  @Test
  void logoutRemovesTheDeviceAndPutsTheKeysAway() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.answering(stanza ->
          Optional.of(
              Node.of("iq")
                  .with("from", Jid.WHATSAPP)
                  .with("id", stanza.text("id"))
                  .with("type", "result")));
      h.client.logout();
      assertThat(h.client.state().status()).isEqualTo(Status.LOGGED_OUT);
      assertThat(h.account.credentials()).isEmpty();
      link.awaitClosed();
      h.passPermits();
      assertThat(h.time.waiting()).isZero();
      assertThat(h.recorded()).endsWith("connected", "logged_out");
    }
  }

  @Test
  void logoutConfirmedByTheClosingStreamIsOne() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.answering(_ ->
          Optional.of(
              Node.of("stream:error", Node.of("conflict").with("type", "device_removed"))
                  .with("code", 401)));
      h.client.logout();
      assertThat(h.client.state().status()).isEqualTo(Status.LOGGED_OUT);
      assertThat(h.recorded().stream().filter("logged_out"::equals)).hasSize(1);
    }
  }

  @Test
  void logoutOfAnAccountThatIsNotConnectedChangesNothing() throws Exception {
    try (var h = new Harness()) {
      h.connected();
      h.client.disconnect();
      assertThatThrownBy(h.client::logout).isInstanceOf(NotConnected.class);
      assertThat(h.account.credentials()).isPresent();
    }
  }

  // store

  @Test
  void storeThatIsGoneIsTriedAgainWithoutAnAck() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      h.faults.unavailable = true;
      link.push(ib(Node.of("edge_routing", Node.of("routing_info", Bytes.ofHex("01")))));
      link.awaitClosed();
      FakeLink next = h.nextConnection();
      next.payload();
      h.faults.unavailable = false;
      h.time.advance(Standing.RETRY);
      h.login(next);
      assertThat(h.recorded()).endsWith("connected", "reconnecting", "connected");
    }
  }

  @Test
  void newOwnerOfTheAccountStopsTheOld() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      h.store.open(Harness.ACCOUNT);
      link.push(ib(Node.of("edge_routing", Node.of("routing_info", Bytes.ofHex("01")))));
      link.awaitClosed();
      // has no effect, but returns when the account's thread is done
      h.client.disconnect();
      assertThat(h.client.state().reason()).contains("another process");
      h.time.advance(Duration.ofDays(1));
      assertThat(h.server.isIdle()).isTrue();
    }
  }

  @Test
  void keysThatBecomeUnreadableStopTheAccount() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      h.faults.unreadable = true;
      link.push(ib(Node.of("edge_routing", Node.of("routing_info", Bytes.ofHex("01")))));
      h.awaitState(Status.KEY_ERROR);
      link.awaitClosed();
      h.time.advance(Duration.ofDays(1));
      assertThat(h.server.isIdle()).isTrue();
      h.faults.unreadable = false;
      assertThat(h.account.credentials()).isPresent();
    }
  }

  // the user's side

  @Test
  void connectAndDisconnectMayBeRepeated() throws Exception {
    try (var h = new Harness()) {
      h.client.disconnect();
      assertThat(h.client.state().status()).isEqualTo(Status.CREATED);
      h.client.connect();
      h.client.connect();
      FakeLink link = h.server.next();
      h.client.connect();
      h.client.disconnect();
      h.client.disconnect();
      link.awaitClosed();
      h.passPermits();
      assertThat(h.server.isIdle()).isTrue();
      assertThat(h.time.waiting()).isZero();
      assertThat(h.recorded()).containsExactly("connecting", "disconnected");
    }
  }

  @Test
  void closedClientLeavesNoTimerAndNeverComesBack() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      h.client.close();
      link.awaitClosed();
      h.passPermits();
      assertThat(h.time.waiting()).isZero();
      h.client.connect();
      h.client.close();
      assertThat(h.server.isIdle()).isTrue();
      assertThat(accountThreads()).isEmpty();
    }
  }

  @Test
  void disconnectedAccountWaitsForNothing() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.drop("network");
      h.awaitState(Status.RECONNECTING);
      h.client.disconnect();
      h.passPermits();
      assertThat(h.time.waiting()).isZero();
      h.time.advance(Duration.ofHours(1));
      assertThat(h.server.isIdle()).isTrue();
    }
  }

  private static List<String> accountThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(Harness.ACCOUNT.value()))
        .toList();
  }
}
