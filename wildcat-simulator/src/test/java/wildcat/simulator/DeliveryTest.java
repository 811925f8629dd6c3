package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.simulator.fault.Action;
import wildcat.simulator.fault.Match;
import wildcat.simulator.fault.Rule;
import wildcat.simulator.phone.VirtualPhone;
import wildcat.simulator.world.Delivery;

class DeliveryTest {
  private Simulator simulator;
  private VirtualPhone ann;
  private VirtualPhone zoe;
  private RawDevice device;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults());
    ann = simulator.phone("Ann");
    zoe = simulator.phone("Zoe");
    device = RawDevice.linked(simulator, ann, 1);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  /// Active, with the phone's first messages read and acknowledged.
  private RawClient welcomed() throws Exception {
    RawClient client = device.active(simulator);
    for (int i = 0; i < 2; i++) {
      Node peer = client.next("message");
      assertThat(peer.text("category")).isEqualTo("peer");
      device.decrypt(peer);
      client.send(ack(peer));
    }
    settle(client);
    return client;
  }

  /// Waits until the server has seen that nobody is connected any more.
  private void awaitNobody() {
    long end = System.nanoTime() + 10_000_000_000L;
    while (simulator.counters().openConnections() > 0) {
      assertThat(System.nanoTime()).as("time to notice the end of a connection").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /// What was sent before is handled when this returns.
  private static void settle(RawClient client) throws Exception {
    client.request(RawClient.iq("settle", "get", "w:p"));
  }

  private static Node ack(Node stanza) {
    return Node.of("ack")
        .with("class", stanza.tag())
        .with("id", stanza.text("id"))
        .with("to", stanza.jid("from").orElseThrow());
  }

  private Delivery delivery(String id) {
    return simulator.ledger(device.pn()).stream()
        .filter(d -> d.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePhoneWelcomesANewDeviceWithAKeyAndAHistory() throws Exception {
    try (RawClient client = device.active(simulator)) {
      assertThat(client.next().firstChild().orElseThrow().tag()).isEqualTo("offline_preview");
      Node marker = client.next();
      assertThat(marker.child("offline").orElseThrow().text("count")).isEqualTo("0");
      Node first = client.next("message");
      assertThat(first.jid("from")).contains(ann.pn());
      Message keys = Message.parseFrom(device.decrypt(first));
      assertThat(keys.getProtocolMessage().getAppStateSyncKeyShare().getKeysList()).hasSize(1);
      Message history = Message.parseFrom(device.decrypt(client.next("message")));
      assertThat(history.getProtocolMessage().getHistorySyncNotification().getProgress())
          .isEqualTo(100);
    }
  }

  @Test
  void aPhonesTextIsEncryptedForTheDeviceAndInTheLedgerUntilItAnswers() throws Exception {
    try (RawClient client = welcomed()) {
      String id = zoe.sendText(ann.pn(), "hello");
      Node message = client.next("message");
      assertThat(message.text("id")).isEqualTo(id);
      assertThat(message.jid("from")).contains(zoe.pn());
      assertThat(message.jid("sender_lid")).contains(zoe.lid());
      assertThat(message.text("notify")).isEqualTo("Zoe");
      assertThat(message.attribute("offline")).isEmpty();
      assertThat(Message.parseFrom(device.decrypt(message)).getConversation()).isEqualTo("hello");
      assertThat(delivery(id).acknowledged()).isFalse();
      assertThat(delivery(id).times()).isEqualTo(1);
      client.send(Node.of("receipt").with("id", id).with("to", zoe.pn()));
      assertThat(client.next("ack").text("class")).isEqualTo("receipt");
      assertThat(delivery(id).completion()).contains(Delivery.Completion.RECEIPT);
      assertThat(delivery(id).acknowledged()).isTrue();
    }
  }

  @Test
  void addressFormsFollowTheAddressTheMessageWasSentTo() throws Exception {
    try (RawClient client = welcomed()) {
      zoe.sendText(ann.lid(), "to the lid");
      Node message = client.next("message");
      assertThat(message.jid("from")).contains(zoe.lid());
      assertThat(message.jid("sender_pn")).contains(zoe.pn());
      ann.sendText(zoe.pn(), "from my phone");
      Node copy = client.next("message");
      assertThat(copy.jid("from")).contains(ann.pn());
      assertThat(copy.jid("recipient")).contains(zoe.pn());
      assertThat(copy.jid("peer_recipient_lid")).contains(zoe.lid());
      assertThat(copy.attribute("sender_lid")).isEmpty();
      Message sent = Message.parseFrom(device.decrypt(copy));
      assertThat(sent.getDeviceSentMessage().getMessage().getConversation())
          .isEqualTo("from my phone");
      assertThat(sent.getDeviceSentMessage().getDestinationJid()).isEqualTo(zoe.pn().toString());
    }
  }

  @Test
  void whatWasNotAnsweredForIsDeliveredAgainAtTheNextLogin() throws Exception {
    String unanswered;
    try (RawClient client = welcomed()) {
      unanswered = zoe.sendText(ann.pn(), "one");
      client.next("message");
    }
    awaitNobody();
    String waiting = zoe.sendText(ann.pn(), "two");
    zoe.settle();
    try (RawClient client = device.active(simulator)) {
      Node preview = client.next("ib").child("offline_preview").orElseThrow();
      assertThat(preview.text("count")).isEqualTo("2");
      assertThat(preview.text("message")).isEqualTo("2");
      Node one = client.next();
      Node two = client.next();
      assertThat(List.of(one.text("id"), two.text("id"))).containsExactly(unanswered, waiting);
      assertThat(List.of(one.text("offline"), two.text("offline"))).containsExactly("0", "1");
      assertThat(client.next("ib").child("offline").orElseThrow().text("count")).isEqualTo("2");
      assertThat(delivery(unanswered).times()).isEqualTo(2);
      client.send(ack(one));
      client.send(ack(two));
      settle(client);
    }
    try (RawClient client = device.active(simulator)) {
      Node preview = client.next("ib").child("offline_preview").orElseThrow();
      assertThat(preview.text("count")).isEqualTo("0");
    }
    assertThat(delivery(unanswered).completion()).contains(Delivery.Completion.ACK);
  }

  @Test
  void aDeviceThatIsNotActiveYetGetsNothing() throws Exception {
    try (RawClient ready = welcomed()) {
      settle(ready);
    }
    try (RawClient client = device.login(simulator)) {
      assertThat(client.next().tag()).isEqualTo("success");
      zoe.sendText(ann.pn(), "early");
      zoe.settle();
      Node answer = client.request(RawClient.iq("1", "get", "w:p"));
      assertThat(answer.text("id")).isEqualTo("1");
      client.request(RawClient.iq("2", "set", "passive", Node.of("active")));
      assertThat(client.next("message").attribute("offline")).isPresent();
    }
  }

  @Test
  void aRepeatedMessageIsAcknowledgedAgainButDeliveredOnce() throws Exception {
    zoe.goOffline();
    try (RawClient client = welcomed()) {
      Node message = text("M1", zoe.pn());
      client.send(message);
      Node ack = client.next("ack");
      assertThat(ack.text("class")).isEqualTo("message");
      assertThat(ack.jid("from")).contains(zoe.pn());
      assertThat(ack.number("t")).isPresent();
      client.send(message);
      assertThat(client.next("ack").attribute("error")).isEmpty();
      assertThat(
              simulator.ledger(zoe.pn()).stream()
                  .filter(d -> d.tag().equals("message") && d.id().equals("M1")))
          .hasSize(1);
      assertThat(simulator.counters().violations()).isEmpty();
    }
  }

  /// A message with a ciphertext nobody can read.
  private static Node text(String id, Jid to) {
    Node enc = Node.of("enc", Bytes.ofHex("33".repeat(60))).with("v", 2).with("type", "msg");
    return Node.of("message", Node.of("participants", Node.of("to", enc).with("jid", to)))
        .with("id", id)
        .with("to", to)
        .with("type", "text");
  }

  @Test
  void aMessageIdForTwoChatsIsAViolation() throws Exception {
    VirtualPhone bob = simulator.phone("Bob");
    try (RawClient client = welcomed()) {
      client.send(text("M1", zoe.pn()));
      client.next("ack");
      client.send(text("M1", bob.pn()));
      client.next("ack");
    }
    assertThat(simulator.counters().violations()).containsOnlyKeys("message id used for two chats");
  }

  @Test
  void messagesThatCannotBeDeliveredAreRefused() throws Exception {
    try (RawClient client = welcomed()) {
      client.send(text("M1", Jid.pn("4915550000000")));
      assertThat(client.next("ack").text("error")).isEqualTo("404");
      client.send(Node.of("message").with("id", "M2").with("to", zoe.pn()).with("type", "text"));
      assertThat(client.next("ack").text("error")).isEqualTo("479");
      client.send(text("M3", Jid.group("120363000000000001")));
      assertThat(client.next("ack").text("error")).isEqualTo("501");
    }
    assertThat(simulator.counters().unknownStanzas()).containsOnlyKeys("message to g.us");
  }

  @Test
  void aResendReachesItsDeviceOnlyAndNobodyWhenItIsGone() throws Exception {
    zoe.goOffline();
    Node enc = Node.of("enc", Bytes.ofHex("33".repeat(60))).with("v", 2).with("type", "msg");
    try (RawClient client = welcomed()) {
      Node resend =
          Node.of("message", enc.with("count", 1)).with("type", "text").with("t", 1_755_768_000);
      client.send(resend.with("id", "M1").with("to", zoe.pn()).with("device_fanout", "false"));
      assertThat(client.next("ack").attribute("error")).isEmpty();
      client.send(resend.with("id", "M2").with("to", zoe.pn().withDevice(5)));
      assertThat(client.next("ack").attribute("error")).isEmpty();
    }
    assertThat(simulator.ledger(zoe.pn()))
        .extracting(Delivery::id)
        .contains("M1")
        .doesNotContain("M2");
  }

  @Test
  void anUnreadableMessageIsAskedForAgainByThePhone() throws Exception {
    try (RawClient client = welcomed()) {
      client.send(text("M1", zoe.pn()));
      Node receipt = client.next(n -> n.is("receipt") && n.text("type").equals("retry"));
      assertThat(receipt.text("id")).isEqualTo("M1");
      assertThat(receipt.jid("from")).contains(zoe.pn());
      assertThat(receipt.child("retry").orElseThrow().text("count")).isEqualTo("1");
    }
  }

  @Test
  void unknownStanzasFailByNameAndAreCounted() throws Exception {
    try (RawClient client = welcomed()) {
      Node answer = client.request(RawClient.iq("1", "set", "w:g2", Node.of("create")));
      assertThat(answer.text("type")).isEqualTo("error");
      assertThat(answer.child("error").orElseThrow().text("code")).isEqualTo("501");
      client.send(Node.of("strange").with("id", "2"));
      assertThat(client.next("ack").text("error")).isEqualTo("501");
    }
    assertThat(simulator.counters().unknownStanzas())
        .containsOnlyKeys("iq set w:g2 create", "strange");
  }

  @Test
  void aMalformedStanzaEndsTheConnectionAndIsCounted() throws Exception {
    try (RawClient client = welcomed()) {
      client.sendSealed(new byte[] {0, (byte) 0xf8, 2, 0});
      Node end = client.next("stream:error");
      assertThat(end.firstChild().orElseThrow().tag()).isEqualTo("xml-not-well-formed");
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(simulator.counters().decodeErrors()).isEqualTo(1);
  }

  @Test
  void garbageInsteadOfAHandshakeClosesTheConnection() throws Exception {
    try (RawClient client = RawClient.connect(simulator)) {
      client.sendBytes("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(simulator.counters().decodeErrors()).isEqualTo(1);
  }

  @Test
  void fewPreKeysAreAnnouncedToTheirOwnerOncePerCount() throws Exception {
    RawDevice asking = RawDevice.linked(simulator, zoe, 2);
    try (RawClient client = welcomed();
        RawClient other = asking.active(simulator)) {
      Node fetch =
          RawClient.iq(
              "1", "get", "encrypt", Node.of("key", Node.of("user").with("jid", device.pn())));
      int before =
          Integer.parseInt(
              client
                  .request(RawClient.iq("2", "get", "encrypt", Node.of("count")))
                  .child("count")
                  .orElseThrow()
                  .text("value"));
      for (int left = before - 1; left >= 8; left--) {
        Node answer = other.request(fetch);
        assertThat(answer.path("list", "user", "key")).isPresent();
        assertThat(answer.path("list", "user", "device-identity")).isPresent();
      }
      for (int count : List.of(9, 8)) {
        Node notification = client.next("notification");
        assertThat(notification.jid("from")).contains(Jid.WHATSAPP);
        assertThat(notification.child("count").orElseThrow().text("value"))
            .isEqualTo(Integer.toString(count));
      }
    }
  }

  @Test
  void aCutAfterTheAckLosesNothingAndACutBeforeItLosesTheAckOnly() throws Exception {
    zoe.goOffline();
    try (RawClient client = welcomed()) {
      simulator.faults().arm(Rule.once(Match.outgoing("ack"), new Action.CutBefore()));
      client.send(text("M1", zoe.pn()));
      client.next("closed");
    }
    try (RawClient client = device.active(simulator)) {
      client.next("ib");
      simulator.faults().arm(Rule.once(Match.incoming("message"), new Action.CutAfter()));
      client.send(text("M2", zoe.pn()));
      assertThat(client.next("ack").text("id")).isEqualTo("M2");
      client.next("closed");
    }
    try (RawClient client = device.active(simulator)) {
      client.next("ib");
      simulator.faults().arm(Rule.once(Match.incoming("message"), new Action.CutBefore()));
      client.send(text("M3", zoe.pn()));
      client.next("closed");
    }
    assertThat(
            simulator.ledger(zoe.pn()).stream()
                .filter(d -> d.tag().equals("message"))
                .map(Delivery::id))
        .containsExactlyInAnyOrder("M1", "M2");
  }

  @Test
  void everyFaultDoesWhatItSays() throws Exception {
    try (RawClient client = welcomed()) {
      var faults = simulator.faults();
      faults.arm(Rule.once(Match.outgoing("message"), new Action.Drop()));
      faults.arm(Rule.once(Match.outgoing("message"), new Action.Duplicate()));
      faults.arm(Rule.once(Match.outgoing("message"), new Action.CorruptEnc()));
      zoe.sendText(ann.pn(), "lost");
      String twice = zoe.sendText(ann.pn(), "twice");
      zoe.sendText(ann.pn(), "damaged");
      Node first = client.next("message");
      assertThat(first.text("id")).isEqualTo(twice);
      assertThat(client.next("message")).isEqualTo(first);
      Node damaged = client.next("message");
      assertThatThrownBy(() -> device.decrypt(damaged)).isInstanceOf(CannotDecrypt.class);
      Node ping = RawClient.iq("1", "get", "w:p");
      faults.arm(
          Rule.once(
              Match.incoming("iq").inNamespace("w:p"), new Action.IqError(429, "rate-overlimit")));
      assertThat(client.request(ping).child("error").orElseThrow().text("code")).isEqualTo("429");
      assertThat(client.request(ping).text("type")).isEqualTo("result");
      faults.arm(
          Rule.once(Match.incoming("message").of(ann.pn()), new Action.AckError(463)).after(1));
      client.send(text("M1", zoe.pn()));
      assertThat(client.next("ack").attribute("error")).isEmpty();
      client.send(text("M2", zoe.pn()));
      assertThat(client.next("ack").text("error")).isEqualTo("463");
      faults.arm(Rule.once(Match.incoming("iq"), new Action.StreamError(503)));
      client.send(ping);
      assertThat(client.next("stream:error").text("code")).isEqualTo("503");
      faults.arm(Rule.once(Match.incoming("login").of(device.pn()), new Action.Failure(503)));
      try (RawClient refused = device.login(simulator)) {
        assertThat(refused.next().text("reason")).isEqualTo("503");
      }
      assertThat(faults.armed()).allMatch(armed -> armed.fired() == 1);
    }
  }

  @Test
  void whatWaitsCanBeWrittenTwice() throws Exception {
    try (RawClient client = welcomed()) {
      settle(client);
    }
    awaitNobody();
    zoe.sendText(ann.pn(), "hello");
    zoe.settle();
    assertThat(simulator.faults().redeliverAll(ann.lid().withDevice(1))).isEqualTo(1);
    try (RawClient client = device.active(simulator)) {
      Node first = client.next("message");
      assertThat(client.next("message")).isEqualTo(first);
    }
  }
}
