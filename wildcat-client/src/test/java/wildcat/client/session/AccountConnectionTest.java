package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Stanzas.ib;
import static wildcat.client.fake.Stanzas.iq;
import static wildcat.client.fake.Stanzas.notification;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.client.event.AccountState.Status;
import wildcat.client.fake.FakeLink;
import wildcat.client.fake.FakePhone;
import wildcat.client.fake.Harness;
import wildcat.client.store.Credentials;
import wildcat.proto.ClientPayload;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Login and what comes over a connection, the whole client against a scripted server.
final class AccountConnectionTest {
  @Test
  void loginFollowsTheOfficialOrder() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      ClientPayload payload = link.payload();
      assertThat(payload.getUsername()).isEqualTo(15_551_234_567L);
      assertThat(payload.getDevice()).isEqualTo(7);
      var asked = new ArrayList<String>();
      link.answering(stanza -> {
        stanza.firstChild().ifPresent(child -> asked.add(child.tag()));
        return FakeLink.usual(stanza);
      });
      link.push(Harness.success());
      h.awaitState(Status.CONNECTED);
      assertThat(link.take("ib").child("unified_session")).isPresent();
      Node presence = link.take("presence");
      assertThat(presence.text("type")).isEqualTo("available");
      assertThat(presence.text("name")).isEqualTo("Ann");
      assertThat(asked).startsWith("count").containsSubsequence("active", "unified_session");
      assertThat(h.account.credentials().orElseThrow().pushName()).isEqualTo("Ann");
    }
  }

  @Test
  void isNotConnectedBeforeTheServerHasConfirmedActive() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      var held = new CompletableFuture<Node>();
      link.answering(stanza -> {
        if (stanza.child("active").isPresent()) {
          held.complete(stanza);
          return Optional.empty();
        }
        return FakeLink.usual(stanza);
      });
      link.push(Harness.success());
      Node active = held.get(20, TimeUnit.SECONDS);
      assertThat(h.client.state().status()).isEqualTo(Status.CONNECTING);
      link.push(
          Node.of("iq")
              .with("from", Jid.WHATSAPP)
              .with("id", active.text("id"))
              .with("type", "result"));
      h.awaitState(Status.CONNECTED);
    }
  }

  @Test
  void newLidOfTheServerReplacesTheStoredOne() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.link();
      link.push(Harness.success().with("lid", Jid.lid("100000099999999").withDevice(7)));
      h.awaitState(Status.CONNECTED);
      Credentials.Link stored = h.account.credentials().orElseThrow().linked().orElseThrow();
      assertThat(stored.lid()).isEqualTo(Jid.lid("100000099999999").withDevice(7));
      assertThat(h.account.lidOf(FakePhone.PN.withoutDevice()))
          .contains(Jid.lid("100000099999999"));
    }
  }

  @Test
  void offlineQueueIsAskedForInBatches() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.push(ib(Node.of("offline_preview").with("count", 250)));
      assertThat(link.take("ib").child("offline_batch").orElseThrow().text("count"))
          .isEqualTo("100");
      for (int i = 0; i < 100; i++) {
        link.push(notification("n" + i, "picture").with("offline", i));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(link.take().text("id")).isEqualTo("n" + i);
      }
      assertThat(link.take().child("offline_batch")).isPresent();
      link.push(ib(Node.of("offline").with("count", 250)));
      for (int i = 0; i < 101; i++) {
        link.push(notification("m" + i, "picture").with("offline", i));
        assertThat(link.take().text("id")).isEqualTo("m" + i);
      }
    }
  }

  @Test
  void dirtyStateIsForgottenAndReportedClean() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.answering(_ -> Optional.empty());
      link.push(ib(Node.of("dirty").with("type", "account_sync").with("timestamp", 1_700_000_000)));
      Node clean = link.take("iq");
      assertThat(clean.text("xmlns")).isEqualTo("urn:xmpp:whatsapp:dirty");
      assertThat(clean.text("type")).isEqualTo("set");
      Node child = clean.child("clean").orElseThrow();
      assertThat(child.text("type")).isEqualTo("account_sync");
      assertThat(child.text("timestamp")).isEqualTo("1700000000");
    }
  }

  @Test
  void routingInfoOpensTheNextConnection() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      Bytes info = Bytes.ofHex("0a0b0c");
      link.push(ib(Node.of("edge_routing", Node.of("routing_info", info))));
      link.push(iq("p1", "urn:xmpp:ping"));
      link.take("iq");
      assertThat(h.account.credentials().orElseThrow().routingInfo()).isEqualTo(info);
      link.drop("network");
      // the fake server reads the preintro before the intro
      h.nextConnection().payload();
    }
  }

  @Test
  void pingOfTheServerIsAnswered() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.push(iq("s1", "urn:xmpp:ping"));
      Node answer = link.take();
      assertThat(answer.text("type")).isEqualTo("result");
      assertThat(answer.text("id")).isEqualTo("s1");
      link.push(iq("s2", "w:p", Node.of("ping")).without("type"));
      assertThat(link.take().text("id")).isEqualTo("s2");
    }
  }

  @Test
  void requestNobodyKnowsIsAnsweredNotImplemented() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.push(iq("s1", "w:unheard", Node.of("of")));
      Node answer = link.take();
      assertThat(answer.text("type")).isEqualTo("error");
      assertThat(answer.child("error").orElseThrow().text("code")).isEqualTo("501");
    }
  }

  @ParameterizedTest
  @CsvSource({"psa", "picture", "never-heard-of", "mex"})
  void notificationNobodyTakesIsAcknowledged(String type) throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      Jid from = Jid.group("120363000000000001");
      Jid participant = Jid.lid("100000012345678");
      link.push(notification("n1", type).with("from", from).with("participant", participant));
      Node ack = link.take();
      assertThat(ack.tag()).isEqualTo("ack");
      assertThat(ack.text("class")).isEqualTo("notification");
      assertThat(ack.text("id")).isEqualTo("n1");
      assertThat(ack.text("type")).isEqualTo(type);
      assertThat(ack.jid("to")).contains(from);
      assertThat(ack.jid("participant")).contains(participant);
    }
  }

  @Test
  void callIsAcknowledgedAndPresenceIsNot() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      Jid ann = Jid.lid("100000087654321");
      link.push(
          Node.of("presence").with("from", ann),
          Node.of("chatstate", Node.of("composing")).with("from", ann),
          Node.of("call", Node.of("offer")).with("from", ann).with("id", "c1"));
      Node ack = link.take();
      assertThat(ack.text("class")).isEqualTo("call");
      assertThat(ack.text("id")).isEqualTo("c1");
      assertThat(ack.jid("to")).contains(ann);
    }
  }

  @Test
  void stanzaOfAnUnknownKindIsRefusedWithoutEndingTheConnection() throws Exception {
    try (var h = new Harness()) {
      FakeLink link = h.connected();
      link.push(Node.of("novelty").with("from", Jid.WHATSAPP).with("id", "x1"));
      Node ack = link.take();
      assertThat(ack.text("class")).isEqualTo("novelty");
      assertThat(ack.text("error")).isEqualTo("488");
      link.push(iq("s1", "urn:xmpp:ping"));
      assertThat(link.take().text("id")).isEqualTo("s1");
    }
  }
}
