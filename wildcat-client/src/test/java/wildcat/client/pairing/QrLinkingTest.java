package wildcat.client.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.LinkCode;
import wildcat.protocol.ratchet.RatchetAddress;

final class QrLinkingTest {
  private static FakeLink waiting(Harness h) {
    h.client.connect();
    FakeLink link = h.server.next();
    link.payload();
    return link;
  }

  private static String code(Harness h) {
    return h.event(Event.LinkCodeIssued.class).text();
  }

  @Test
  void codeShowsTheKeysOfThisDevice() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      LinkCode shown = LinkCode.parse(code(h));
      Credentials own = h.account.credentials().orElseThrow();
      assertThat(shown.ref()).isEqualTo("2@a0");
      assertThat(shown.noiseKey()).isEqualTo(own.noiseKey().publicKey());
      assertThat(shown.identityKey()).isEqualTo(own.identity().publicKey());
      assertThat(shown.advSecret()).isEqualTo(own.advSecret());
      assertThat(shown.clientType()).isEqualTo("1");
      assertThat(h.client.linkCode().orElseThrow().validUntil())
          .isEqualTo(Harness.START.plusSeconds(60));
      assertThat(h.client.state().status()).isEqualTo(Status.WAITING_FOR_LINK);
    }
  }

  @Test
  void keysAreMadeOnceAndKeptOverConnections() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      Credentials before = h.account.credentials().orElseThrow();
      link.push(FakePhone.pairDevice("a", 6));
      code(h);
      link.drop("network");
      h.nextConnection().payload();
      assertThat(h.account.credentials()).contains(before);
    }
  }

  @Test
  void codesRotateAndThenANewConnectionBringsNewOnes() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      for (int i = 0; i < 6; i++) {
        Event.LinkCodeIssued issued = h.event(Event.LinkCodeIssued.class);
        assertThat(issued.text()).contains("2@a" + i);
        assertThat(issued.validFor()).isEqualTo(Duration.ofSeconds(i == 0 ? 60 : 20));
        h.pass(issued.validFor(), link);
      }
      link.awaitClosed();
      FakeLink second = h.nextConnection();
      assertThat(h.client.state().status()).isEqualTo(Status.WAITING_FOR_LINK);
      second.payload();
      second.push(FakePhone.pairDevice("b", 6));
      assertThat(code(h)).contains("2@b0");
      assertThat(h.recorded()).containsExactly("connecting", "waiting_for_link");
    }
  }

  @Test
  void givesUpAfterTenMinutesOfCodesAndBeginsAnewOnDemand() throws Exception {
    try (var h = new Harness()) {
      h.client.connect();
      int sets = 0;
      while (sets < 4) {
        FakeLink link = h.nextConnection();
        link.payload();
        link.push(FakePhone.pairDevice("s" + sets, 6));
        for (int i = 0; i < 6; i++) {
          h.pass(h.event(Event.LinkCodeIssued.class).validFor(), link);
        }
        link.awaitClosed();
        sets++;
      }
      AccountState state = h.awaitState(Status.DISCONNECTED);
      assertThat(state.reason()).contains("no phone");
      assertThat(h.client.linkCode()).isEmpty();
      h.time.advance(Duration.ofHours(1));
      assertThat(h.server.isIdle()).isTrue();
      assertThat(h.time.waiting()).isZero();

      h.client.connect();
      FakeLink again = h.nextConnection();
      again.payload();
      again.push(FakePhone.pairDevice("z", 6));
      assertThat(code(h)).contains("2@z0");
    }
  }

  @Test
  void linkIsOnDiskBeforeTheServerHearsOfIt() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      link.take();
      String code = code(h);
      h.faults.unavailable = true;
      link.push(h.phone.pairSuccess(code));
      Node answer = link.take();
      assertThat(answer.text("type")).isEqualTo("error");
      assertThat(answer.child("error").orElseThrow().text("text")).isEqualTo("internal-error");
      link.awaitClosed();
      h.faults.unavailable = false;
      assertThat(h.account.credentials().orElseThrow().linked()).isEmpty();
    }
  }

  @Test
  void linkKeepsWhoWeAreAndWhoOurPhoneIs() throws Exception {
    try (var h = new Harness()) {
      h.link();
      Credentials.Link link = h.account.credentials().orElseThrow().linked().orElseThrow();
      assertThat(link.pn()).isEqualTo(FakePhone.PN);
      assertThat(link.lid()).isEqualTo(FakePhone.LID);
      assertThat(link.platform()).isEqualTo("android");
      assertThat(link.accountKey()).isEqualTo(h.phone.accountKey());
      Jid lid = FakePhone.LID.withoutDevice();
      assertThat(h.account.lidOf(FakePhone.PN.withoutDevice())).contains(lid);
      assertThat(h.account.identity(new RatchetAddress(lid))).contains(h.phone.accountKey());
      assertThat(h.client.linkCode()).isEmpty();
    }
  }

  @Test
  void codeOfAnotherSecretIsRefusedWithHmacMismatch() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      link.take();
      String code = code(h);
      link.push(refresh());
      Node ack = link.take("ack");
      assertThat(ack.text("class")).isEqualTo("notification");
      assertThat(ack.text("type")).isEqualTo("companion_reg_refresh");
      link.push(h.phone.pairSuccess(code));
      Node answer = link.take();
      assertThat(answer.text("id")).isEqualTo("101");
      Node error = answer.child("error").orElseThrow();
      assertThat(error.text("code")).isEqualTo("401");
      assertThat(error.text("text")).isEqualTo("hmac-mismatch");
      link.awaitClosed();
      assertThat(h.account.credentials().orElseThrow().linked()).isEmpty();
    }
  }

  private static Node refresh() {
    return Node.of("notification", Node.of("companion_reg_refresh"))
        .with("from", Jid.WHATSAPP)
        .with("id", "77")
        .with("type", "companion_reg_refresh");
  }

  @Test
  void refreshedRegistrationDrawsTheSameRefWithANewSecret() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      link.take();
      LinkCode before = LinkCode.parse(code(h));
      h.time.advance(Duration.ofSeconds(10));
      link.push(refresh());
      Event.LinkCodeIssued again = h.event(Event.LinkCodeIssued.class);
      LinkCode after = LinkCode.parse(again.text());
      assertThat(after.ref()).isEqualTo(before.ref());
      assertThat(after.advSecret()).isNotEqualTo(before.advSecret());
      assertThat(again.validFor()).isEqualTo(Duration.ofSeconds(50));
      link.take("ack");
      link.push(h.phone.pairSuccess(again.text()));
      assertThat(link.take().child("pair-device-sign")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"container", "empty", "device", "lid"})
  void malformedPairSuccessIsAnsweredAndEndsTheConnection(String broken) throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      link.take();
      Node good = h.phone.pairSuccess(code(h));
      Node element = good.child("pair-success").orElseThrow();
      Node identity = element.child("device-identity").orElseThrow();
      Node device = element.child("device").orElseThrow();
      Node bad =
          switch (broken) {
            case "container" ->
                element.containing(Node.of("device-identity", Bytes.ofHex("ffff")), device);
            case "empty" -> element.containing(device);
            case "device" -> element.containing(identity);
            default ->
                element.containing(identity, device.with("lid", FakePhone.LID.withDevice(8)));
          };
      link.push(good.containing(bad));
      Node answer = link.take();
      assertThat(answer.child("error").orElseThrow().text("code")).isEqualTo("500");
      link.awaitClosed();
    }
  }

  @Test
  void refsThatWouldBreakTheCodeAreIgnored() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      Node good = FakePhone.pairDevice("a", 1);
      link.push(
          good.containing(
              Node.of(
                  "pair-device",
                  Node.of("ref", Bytes.ofUtf8("2@with,comma")),
                  Node.of("ref", Bytes.ofUtf8("x".repeat(1_025))),
                  Node.of("ref"),
                  Node.of("ref", Bytes.ofUtf8("2@fine")))));
      assertThat(code(h)).contains("2@fine,");
    }
  }

  @Test
  void connectionWithoutRefsIsClosed() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 0));
      assertThat(link.take().text("type")).isEqualTo("result");
      link.awaitClosed();
    }
  }

  @Test
  void existingRowIsNeverOverwritten() throws Exception {
    try (var h = new Harness()) {
      h.faults.unreadable = true;
      h.client.connect();
      AccountState state = h.awaitState(Status.KEY_ERROR);
      assertThat(state.reason()).contains("cannot be read");
      assertThat(h.server.isIdle()).isTrue();
      assertThat(h.time.waiting()).isZero();
      h.faults.unreadable = false;
      assertThat(h.account.credentials()).isEmpty();
    }
  }

  @Test
  void accountThatAsksForAPasskeySaysSo() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      link.take();
      link.push(
          Node.of("notification", Node.of("passkey_request_options"))
              .with("from", Jid.WHATSAPP)
              .with("id", "78")
              .with("type", "passkey_prologue_request"));
      h.awaitState(Status.WAITING_FOR_PASSKEY);
      link.take("ack");
    }
  }

  @Test
  void disconnectWhileWaitingForgetsTheCode() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = waiting(h);
      link.push(FakePhone.pairDevice("a", 6));
      code(h);
      h.client.disconnect();
      assertThat(h.client.linkCode()).isEmpty();
      assertThat(h.client.state().status()).isEqualTo(Status.DISCONNECTED);
      link.awaitClosed();
      h.passPermits();
      assertThat(h.time.waiting()).isZero();
    }
  }
}
