package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.OWN_PN;
import static wildcat.client.fake.Fixture.encFor;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.device.ParticipantHash;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.fake.FakeExchange;
import wildcat.client.fake.Fixture;
import wildcat.client.fake.Peer;
import wildcat.client.session.NotConnected;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.session.Rejected;
import wildcat.client.store.Change;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.memory.Faults;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.RatchetAddress;

class SenderTest {
  private static final MessageId ID = new MessageId("FIXED");

  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  private ChatMessage send(String text) throws Exception {
    return account.sender.send(OutgoingMessage.text(ANN_PN, text), account.server);
  }

  private static OutgoingMessage withId(String text) {
    return OutgoingMessage.text(ANN_PN, text).withId(ID);
  }

  private MessageStatus storedStatus(MessageId id) throws Exception {
    return account.store.message(ANN_PN, id).orElseThrow().status();
  }

  @Test
  void textReachesEveryDeviceOfTheRecipientAndOurOtherDevices() throws Exception {
    send("hello");

    Node stanza = account.server.lastDelivered();
    assertThat(account.annPhone.decrypt(OWN_LID, encFor(stanza, ANN_LID)).getConversation())
        .isEqualTo("hello");
    assertThat(
            account
                .annDesktop
                .decrypt(OWN_LID, encFor(stanza, ANN_LID.withDevice(4)))
                .getConversation())
        .isEqualTo("hello");
    for (Peer own : List.of(account.ownPhone, account.ownOther)) {
      Message wrapper = own.decrypt(OWN_LID, encFor(stanza, own.jid()));
      assertThat(wrapper.getDeviceSentMessage().getDestinationJid()).isEqualTo(ANN_LID.toString());
      assertThat(wrapper.getDeviceSentMessage().getMessage().getConversation()).isEqualTo("hello");
    }
    assertThat(stanza.child("participants").orElseThrow().children()).hasSize(4);
  }

  @Test
  void stanzaIsAddressedToTheLidAndNamesThePn() throws Exception {
    ChatMessage message = send("hello");

    Node stanza = account.server.lastDelivered();
    assertThat(stanza.jid("to")).contains(ANN_LID);
    assertThat(stanza.jid("peer_recipient_pn")).contains(ANN_PN);
    assertThat(stanza.text("type")).isEqualTo("text");
    assertThat(stanza.text("id")).isEqualTo(message.id().value()).matches("3EB0[0-9A-F]{18}");
    assertThat(message.chat()).isEqualTo(ANN_PN);
    assertThat(message.sender()).isEqualTo(OWN_PN.withoutDevice());
  }

  @Test
  void aUserGivenByLidIsReachedToo() throws Exception {
    account.sender.send(OutgoingMessage.text(ANN_LID, "hello"), account.server);

    assertThat(account.server.lastDelivered().jid("to")).contains(ANN_LID);
    assertThat(account.store.message(ANN_LID, idOfLast())).isPresent();
  }

  private MessageId idOfLast() {
    return new MessageId(account.server.lastDelivered().text("id"));
  }

  @Test
  void theSecondMessageAsksTheServerNothing() throws Exception {
    send("one");
    int usyncs = account.server.requests("usync").size();
    int keyQueries = account.server.requests("key").size();

    send("two");

    assertThat(account.server.requests("usync")).hasSize(usyncs);
    assertThat(account.server.requests("key")).hasSize(keyQueries).hasSize(1);
  }

  @Test
  void deviceListsAreAskedForAgainAfterAnHour() throws Exception {
    send("one");
    int usyncs = account.server.requests("usync").size();
    account.pass(Duration.ofMinutes(61));

    send("two");

    assertThat(account.server.requests("usync")).hasSize(usyncs + 1);
  }

  @Test
  void deviceIdentityGoesAlongOnlyWhileSomebodyHasNotAnswered() throws Exception {
    send("one");
    assertThat(account.server.lastDelivered().child("device-identity").flatMap(Node::bytes))
        .contains(account.own.link().deviceIdentity());
    for (Peer peer :
        List.of(account.annPhone, account.annDesktop, account.ownPhone, account.ownOther)) {
      peer.decrypt(OWN_LID, encFor(account.server.lastDelivered(), peer.jid()));
      Message answer =
          peer.jid().isSameUser(ANN_LID)
              ? Fixture.text("yes")
              : Message.newBuilder()
                  .setDeviceSentMessage(
                      wildcat.proto.DeviceSentMessage.newBuilder()
                          .setDestinationJid(ANN_LID.toString())
                          .setMessage(Fixture.text("yes")))
                  .build();
      account.receiver.handle(
          Fixture.message(peer.jid(), "A" + peer.jid().device(), peer.encrypt(OWN_LID, answer)),
          account.server);
    }

    send("two");

    Node stanza = account.server.lastDelivered();
    assertThat(stanza.child("device-identity")).isEmpty();
    assertThat(encFor(stanza, ANN_LID).text("type")).isEqualTo("msg");
    assertThat(account.annPhone.decrypt(OWN_LID, encFor(stanza, ANN_LID)).getConversation())
        .isEqualTo("two");
  }

  @Test
  void nothingLeavesBeforeTheMessageAndEveryRatchetStepAreCommitted() throws Exception {
    account.server.nextAck(stanza -> {
      try {
        assertThat(storedStatus(ID)).isEqualTo(MessageStatus.PENDING);
        assertThat(account.store.unacknowledged(10)).hasSize(1);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return FakeExchange.ack(stanza);
    });
    account.sender.send(withId("hello"), account.server);

    UnitOfWork first =
        account.commits.stream()
            .filter(w -> w.changes().stream().anyMatch(Change.AddMessage.class::isInstance))
            .findFirst()
            .orElseThrow();
    assertThat(first.changes().stream().filter(Change.PutRatchet.class::isInstance)).hasSize(4);
  }

  @Test
  void ackMakesTheMessageSentAtTheServersTimeAndTellsIt() throws Exception {
    ChatMessage sent = account.sender.send(withId("hello"), account.server);

    Instant serverTime = Instant.ofEpochSecond(1_755_768_001);
    assertThat(sent.status()).isEqualTo(MessageStatus.SENT);
    assertThat(sent.timestamp()).isEqualTo(serverTime);
    assertThat(account.store.message(ANN_PN, ID)).contains(sent);
    assertThat(account.heard(Event.MessageSent.class)).containsExactly(new Event.MessageSent(sent));
    assertThat(account.recorded()).containsExactly("MessageSent");
  }

  @Test
  void refusalFailsTheMessageAndIsNeverTriedAgain() throws Exception {
    for (int code : List.of(463, 475)) {
      var id = new MessageId("R" + code);
      account.server.nextAck(_ -> {
        throw new Rejected(code, "");
      });
      var text = OutgoingMessage.text(ANN_PN, "x").withId(id);

      assertThatThrownBy(() -> account.sender.send(text, account.server))
          .isInstanceOfSatisfying(Rejected.class, e -> assertThat(e.code()).isEqualTo(code));

      assertThat(storedStatus(id)).isEqualTo(MessageStatus.FAILED);
      assertThat(account.heard.getLast())
          .isEqualTo(
              new Event.MessageStatusChanged(
                  ANN_PN, id, MessageStatus.FAILED, account.now(), Optional.of(code)));
      int delivered = account.server.delivered().size();
      account.sender.resendUnacknowledged(account.server);
      assertThat(account.sender.send(text, account.server).status())
          .isEqualTo(MessageStatus.FAILED);
      assertThat(account.server.delivered()).hasSize(delivered);
    }
  }

  @Test
  void refusalOfTheAddressingDropsTheDeviceLists() throws Exception {
    send("one");
    for (int code : List.of(404, 479)) {
      account.server.nextAck(_ -> {
        throw new Rejected(code, "");
      });
      assertThatThrownBy(() -> send("x")).isInstanceOf(Rejected.class);

      assertThat(account.store.devices(ANN_LID)).isEmpty();
      assertThat(account.store.devices(OWN_LID.withoutDevice())).isEmpty();
      send("fills the lists again");
      assertThat(account.store.devices(ANN_LID)).isPresent();
    }
  }

  @Test
  void aBusyServerIsAskedAgainWithTheSameIdAndANewCiphertext() throws Exception {
    for (int i = 0; i < 2; i++) {
      account.server.nextAck(_ -> {
        throw new Rejected(503, "");
      });
    }

    account.sender.send(withId("hello"), account.server);

    assertThat(account.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
    assertThat(account.server.delivered()).hasSize(3);
    assertThat(account.server.delivered().stream().map(s -> s.text("id"))).containsOnly("FIXED");
    assertThat(account.server.delivered().stream().map(s -> encFor(s, ANN_LID).bytes()).distinct())
        .hasSize(3);
    assertThat(storedStatus(ID)).isEqualTo(MessageStatus.SENT);
  }

  @Test
  void theSameIdIsAnsweredWithTheStoredMessage() throws Exception {
    ChatMessage first = account.sender.send(withId("hello"), account.server);

    ChatMessage second = account.sender.send(withId("something else"), account.server);

    assertThat(second).isEqualTo(first);
    assertThat(account.server.delivered()).hasSize(1);
    assertThat(account.heard(Event.MessageSent.class)).hasSize(1);
  }

  @Test
  void theSameIdSentByManyAtOnceLeavesOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<ChatMessage> send = () -> account.sender.send(withId("hello"), account.server);
      for (var result : threads.invokeAll(List.of(send, send, send, send, send, send))) {
        assertThat(result.get().status()).isEqualTo(MessageStatus.SENT);
      }
    }
    assertThat(account.server.delivered()).hasSize(1);
  }

  @Test
  void manySendsAtOnceNeverUseAMessageKeyTwice() throws Exception {
    send("sets up");
    account.annPhone.decrypt(OWN_LID, encFor(account.server.lastDelivered(), ANN_LID));
    account.server.delivered().clear();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<ChatMessage>> sends =
          java.util.stream.IntStream.range(0, 40)
              .<Callable<ChatMessage>>mapToObj(i -> () -> send("text " + i))
              .toList();
      for (var result : threads.invokeAll(sends)) {
        result.get();
      }
    }
    var texts = new HashSet<String>();
    for (Node stanza : account.server.delivered()) {
      texts.add(account.annPhone.decrypt(OWN_LID, encFor(stanza, ANN_LID)).getConversation());
    }
    assertThat(texts).hasSize(40);
  }

  @Test
  void aNumberThatIsNotOnWhatsAppIsRefusedAndNotAskedForInALoop() throws Exception {
    var nobody = OutgoingMessage.text(Jid.pn("15559999999"), "hello");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> account.sender.send(nobody, account.server))
          .isInstanceOfSatisfying(Rejected.class, e -> assertThat(e.code()).isEqualTo(404))
          .hasMessageContaining("not on WhatsApp");
    }
    assertThat(account.server.requests("usync")).hasSize(1);
    account.pass(Duration.ofMinutes(2));
    assertThatThrownBy(() -> account.sender.send(nobody, account.server))
        .isInstanceOf(Rejected.class);
    assertThat(account.server.requests("usync")).hasSize(2);
    assertThat(account.server.delivered()).isEmpty();
  }

  @Test
  void aNoteToSelfGoesToOurOtherDevices() throws Exception {
    account.sender.send(OutgoingMessage.text(OWN_PN.withoutDevice(), "milk"), account.server);

    Node stanza = account.server.lastDelivered();
    assertThat(stanza.jid("to")).contains(OWN_LID.withoutDevice());
    assertThat(stanza.child("participants").orElseThrow().children()).hasSize(2);
    Message wrapper = account.ownPhone.decrypt(OWN_LID, encFor(stanza, account.ownPhone.jid()));
    assertThat(wrapper.getDeviceSentMessage().getMessage().getConversation()).isEqualTo("milk");
  }

  @Test
  void quoteAndMentionsTravelInTheContext() throws Exception {
    ChatMessage quoted = send("first").withStatus(MessageStatus.SENT);
    var reply =
        OutgoingMessage.text(ANN_PN, "second").mentioning(List.of(ANN_PN)).answering(quoted);

    ChatMessage stored = account.sender.send(reply, account.server);

    Message message =
        account.annDesktop.decrypt(
            OWN_LID, encFor(account.server.lastDelivered(), ANN_LID.withDevice(4)));
    var text = message.getExtendedTextMessage();
    assertThat(text.getText()).isEqualTo("second");
    assertThat(text.getContextInfo().getStanzaId()).isEqualTo(quoted.id().value());
    assertThat(text.getContextInfo().getParticipant())
        .isEqualTo(OWN_LID.withoutDevice().toString());
    assertThat(text.getContextInfo().getQuotedMessage().getConversation()).isEqualTo("first");
    assertThat(text.getContextInfo().getMentionedJidList()).containsExactly(ANN_PN.toString());
    assertThat(stored.quote().orElseThrow().text()).isEqualTo("first");
    assertThat(stored.quote().orElseThrow().participant()).isEqualTo(OWN_PN.withoutDevice());
    assertThat(stored.mentions()).containsExactly(ANN_PN);
  }

  @Test
  void whenTheCommitFailsNothingLeavesAndTheStepIsForgotten() throws Exception {
    send("sets up");
    account.annPhone.decrypt(OWN_LID, encFor(account.server.lastDelivered(), ANN_LID));
    account.failNextCommit(new StoreFailed.Unavailable("disk full", new java.io.IOException()));

    assertThatThrownBy(() -> account.sender.send(withId("lost"), account.server))
        .isInstanceOf(StoreFailed.Unavailable.class);

    assertThat(account.server.delivered()).hasSize(1);
    assertThat(account.store.message(ANN_PN, ID)).isEmpty();
    account.sender.send(withId("kept"), account.server);
    Node stanza = account.server.lastDelivered();
    assertThat(account.annPhone.decrypt(OWN_LID, encFor(stanza, ANN_LID)).getConversation())
        .isEqualTo("kept");
  }

  @Test
  void anUnreadableRatchetStopsTheSendAndIsNotReplaced() throws Exception {
    send("sets up");
    int keyQueries = account.server.requests("key").size();
    account.makeUnreadable(Faults.Table.RATCHETS);

    assertThatThrownBy(() -> send("x")).isInstanceOf(StoreFailed.Unreadable.class);

    assertThat(account.server.delivered()).hasSize(1);
    assertThat(account.server.requests("key")).hasSize(keyQueries);
  }

  @Test
  void aCompanionItsAccountDoesNotVouchForIsSkipped() throws Exception {
    Peer stranger = new Peer(ANN_LID, 66);
    Peer forged = Peer.companion(stranger, 5, 67); // signed by another phone than Ann's
    Peer bare = new Peer(ANN_LID.withDevice(6), 68); // signed by nobody
    account.server.with(Fixture.ann(account.annPhone, account.annDesktop, forged, bare));

    send("hello");

    List<Jid> reached =
        account.server.lastDelivered().child("participants").orElseThrow().children().stream()
            .map(to -> to.jid("jid").orElseThrow())
            .toList();
    assertThat(reached)
        .contains(ANN_LID, ANN_LID.withDevice(4))
        .doesNotContain(ANN_LID.withDevice(5), ANN_LID.withDevice(6));
  }

  @Test
  void aPhoneOfOursWithAnotherKeyThanAtLinkingIsSkipped() throws Exception {
    account.server.with(
        new FakeExchange.User(
            OWN_PN.withoutDevice(),
            Optional.of(OWN_LID.withoutDevice()),
            List.of(new Peer(OWN_LID.withDevice(0), 77)),
            Optional.empty()));

    send("hello");

    assertThat(account.server.lastDelivered().child("participants").orElseThrow().children())
        .hasSize(2);
  }

  @Test
  void withoutAnyUsableDeviceTheSendIsRefused() throws Exception {
    account.server.nextAnswer(
        "key",
        _ -> Node.of("iq", Node.of("list", Node.of("user", Node.of("error").with("code", "404")))));

    assertThatThrownBy(() -> account.sender.send(withId("hello"), account.server))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("no device of this user has usable keys");

    assertThat(account.server.delivered()).isEmpty();
    assertThat(account.store.message(ANN_PN, ID)).isEmpty();
  }

  @Test
  void aWrongHashInTheAckDropsTheDeviceListsAndARightOneDoesNot() throws Exception {
    String right =
        ParticipantHash.of(
            List.of(
                ANN_LID,
                ANN_LID.withDevice(4),
                OWN_LID.withDevice(0),
                OWN_LID,
                OWN_LID.withDevice(9)));
    account.server.nextAck(stanza -> FakeExchange.ack(stanza).with("phash", right));
    send("one");
    assertThat(account.store.devices(ANN_LID)).isPresent();

    account.server.nextAck(stanza -> FakeExchange.ack(stanza).with("phash", "2:AAAAAAAA"));
    send("two");

    assertThat(account.store.devices(ANN_LID)).isEmpty();
    assertThat(account.store.devices(OWN_LID.withoutDevice())).isEmpty();

    for (int i = 0; i < 3; i++) {
      account.server.nextAck(stanza -> FakeExchange.ack(stanza).with("phash", "2:AAAAAAAA"));
      send("the server insists, but asking again changes nothing");
    }
    assertThat(account.store.devices(ANN_LID)).isPresent();
    assertThat(account.server.requests("usync")).hasSize(3);
  }

  @Test
  void anOutdatedLidIsAskedForBeforeTheNextMessage() throws Exception {
    account.server.nextAck(stanza -> FakeExchange.ack(stanza).with("refresh_lid", "true"));
    send("one");
    Jid newLid = Jid.lid("100000000000222");
    account.server.with(
        new FakeExchange.User(
            ANN_PN, Optional.of(newLid), List.of(new Peer(newLid, 5)), Optional.empty()));

    send("two");
    send("three");

    assertThat(account.server.lastDelivered().jid("to")).contains(newLid);
    assertThat(account.server.delivered().get(1).jid("to")).contains(newLid);
  }

  @Test
  void aLostConnectionLeavesTheMessagePending() throws Exception {
    account.server.nextAck(_ -> {
      throw new NotConnected("closed");
    });

    assertThatThrownBy(() -> account.sender.send(withId("hello"), account.server))
        .isInstanceOf(OutcomeUnknown.class);

    assertThat(storedStatus(ID)).isEqualTo(MessageStatus.PENDING);
  }

  @Test
  void whenAQueryIsNotAnsweredNothingWasSent() throws Exception {
    account.server.nextAnswer(
        "usync",
        _ -> {
          throw new OutcomeUnknown("no answer");
        });

    assertThatThrownBy(() -> account.sender.send(withId("hello"), account.server))
        .isInstanceOf(NotConnected.class);

    assertThat(account.store.message(ANN_PN, ID)).isEmpty();
    account.sender.send(withId("hello"), account.server);
    assertThat(account.server.delivered()).hasSize(1);
  }

  @Test
  void newIdentityInABundleIsTold() throws Exception {
    account.store.commit(
        UnitOfWork.of(
            new Change.PutIdentity(
                new RatchetAddress(ANN_LID), new Peer(ANN_LID, 88).identity().publicKey())));
    account.server.with(Fixture.ann(account.annPhone));

    send("hello");

    assertThat(account.heard(Event.IdentityChanged.class))
        .containsExactly(new Event.IdentityChanged(ANN_PN));
    assertThat(account.store.identity(new RatchetAddress(ANN_LID)))
        .contains(account.annPhone.identity().publicKey());
  }

  @Test
  void aRateLimitIsPassedOnAndForgetsNothing() throws Exception {
    send("one");
    account.pass(Duration.ofMinutes(61));
    account.server.nextAnswer(
        "usync",
        _ -> {
          throw new Rejected(429, "rate-overlimit");
        });

    assertThatThrownBy(() -> account.sender.send(withId("two"), account.server))
        .isInstanceOfSatisfying(Rejected.class, e -> assertThat(e.code()).isEqualTo(429));

    assertThat(account.store.message(ANN_PN, ID)).isEmpty();
    assertThat(account.store.devices(ANN_LID)).isPresent();
  }

  @Test
  void messagesAreReceivedWhileTheSenderWaitsForTheServer() throws Exception {
    account.introduce(account.annPhone);
    Node first = annSays("A1");
    Node second = annSays("A2");
    account.server.nextAnswer("key", iq -> elsewhere(first, () -> account.server.request(iq)));
    account.server.nextAck(stanza -> elsewhere(second, () -> FakeExchange.ack(stanza)));

    send("hello");

    assertThat(account.heard(Event.MessageReceived.class)).hasSize(2);
  }

  private Node annSays(String id) {
    return Fixture.message(ANN_LID, id, account.annPhone.encrypt(OWN_LID, Fixture.text(id)));
  }

  /// Receives `stanza` on another thread before `answer` is given.
  private Node elsewhere(Node stanza, Callable<Node> answer) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads
          .submit(() -> {
            account.receiver.handle(stanza, account.server);
            return stanza;
          })
          .get(20, java.util.concurrent.TimeUnit.SECONDS);
      return answer.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void channelsAreNotWrittenToThisWay() {
    assertThatThrownBy(() -> OutgoingMessage.text(Jid.of("120363", Jid.NEWSLETTER_SERVER), "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(OutgoingMessage.text(ANN_PN.withDevice(3), "x").to()).isEqualTo(ANN_PN);
  }

  @Test
  void aTextHasAtMost65536Characters() {
    assertThat(OutgoingMessage.text(ANN_PN, "x".repeat(65_536)).content())
        .isEqualTo(new OutgoingContent.Text("x".repeat(65_536)));
    assertThatThrownBy(() -> OutgoingMessage.text(ANN_PN, "x".repeat(65_537)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65537");
  }

  @Test
  void storedContentIsTheMessageAsTheRecipientGotIt() throws Exception {
    ChatMessage sent = send("hello");

    Message atAnn =
        account.annPhone.decrypt(OWN_LID, encFor(account.server.lastDelivered(), ANN_LID));
    assertThat(sent.content()).isEqualTo(Bytes.wrap(atAnn.toByteArray()));
  }
}
