package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.OWN_PN;
import static wildcat.client.fake.Fixture.START;
import static wildcat.client.fake.Fixture.text;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.fake.Fixture;
import wildcat.client.fake.Peer;
import wildcat.client.store.Change;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.memory.Faults;
import wildcat.proto.ContextInfo;
import wildcat.proto.DeviceSentMessage;
import wildcat.proto.ExtendedTextMessage;
import wildcat.proto.FutureProofMessage;
import wildcat.proto.ImageMessage;
import wildcat.proto.LIDMigrationMapping;
import wildcat.proto.LIDMigrationMappingSyncMessage;
import wildcat.proto.LIDMigrationMappingSyncPayload;
import wildcat.proto.Message;
import wildcat.proto.ProtocolMessage;
import wildcat.proto.ReactionMessage;
import wildcat.proto.SenderKeyDistributionMessage;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.RatchetAddress;

class MessageReceiverTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
    account.introduce(account.annPhone);
  }

  private void receive(Node stanza) throws Exception {
    account.receiver.handle(stanza, account.server);
  }

  /// A stanza of Ann's phone, addressed by lid.
  private Node fromAnn(String id, Message message) {
    return Fixture.message(ANN_LID, id, account.annPhone.encrypt(OWN_LID, message))
        .with("sender_pn", ANN_PN);
  }

  private static Message sentTo(Jid chat, Message message) {
    return Message.newBuilder()
        .setDeviceSentMessage(
            DeviceSentMessage.newBuilder().setDestinationJid(chat.toString()).setMessage(message))
        .build();
  }

  private Node receipt() {
    assertThat(account.server.sent()).hasSize(1);
    Node receipt = account.server.sent().getFirst();
    assertThat(receipt.tag()).isEqualTo("receipt");
    return receipt;
  }

  private ChatMessage received() {
    return account.heard(Event.MessageReceived.class).getFirst().message();
  }

  @Test
  void textIsStoredToldAndConfirmed() throws Exception {
    receive(fromAnn("M1", text("hello")));

    ChatMessage message = received();
    assertThat(message.text()).isEqualTo("hello");
    assertThat(message.type()).isEqualTo("text");
    assertThat(message.chat()).isEqualTo(ANN_PN);
    assertThat(message.sender()).isEqualTo(ANN_PN);
    assertThat(message.fromMe()).isFalse();
    assertThat(message.timestamp()).isEqualTo(START);
    assertThat(message.pushName()).isEqualTo("Ann");
    assertThat(message.status()).isEqualTo(MessageStatus.RECEIVED);
    assertThat(message.origin()).isEqualTo(Origin.LIVE);
    assertThat(message.content()).isEqualTo(Bytes.wrap(text("hello").toByteArray()));
    assertThat(account.store.message(ANN_PN, new MessageId("M1"))).contains(message);
    Node receipt = receipt();
    assertThat(receipt.text("id")).isEqualTo("M1");
    assertThat(receipt.jid("to")).contains(ANN_LID);
    assertThat(receipt.attribute("type")).isEmpty();
  }

  @Test
  void ratchetPreKeyMessageAndEventAreOneCommitBeforeTheReceipt() throws Exception {
    Node stanza = fromAnn("M1", text("hello")).without("sender_pn");
    account.commits.clear();

    receive(stanza);

    assertThat(account.commits).hasSize(1);
    List<Class<?>> changes =
        account.commits.getFirst().changes().stream().<Class<?>>map(Object::getClass).toList();
    assertThat(changes)
        .containsExactlyInAnyOrder(
            Change.PutIdentity.class,
            Change.PutRatchet.class,
            Change.RemovePreKey.class,
            Change.RememberCiphertext.class,
            Change.AddMessage.class,
            Change.RecordEvent.class);
  }

  @Test
  void whenTheCommitFailsNothingIsToldAndTheRedeliveryIsRead() throws Exception {
    Node stanza = fromAnn("M1", text("hello")).without("sender_pn");
    account.failNextCommit(new StoreFailed.Unavailable("disk full", new java.io.IOException()));

    assertThatThrownBy(() -> receive(stanza)).isInstanceOf(StoreFailed.Unavailable.class);
    assertThat(account.server.sent()).isEmpty();
    assertThat(account.heard).isEmpty();

    receive(stanza.with("offline", "0"));
    assertThat(received().text()).isEqualTo("hello");
    assertThat(received().origin()).isEqualTo(Origin.OFFLINE);
    assertThat(receipt().text("id")).isEqualTo("M1");
  }

  @Test
  void aStanzaThatComesAgainIsConfirmedAgainWithoutAnEvent() throws Exception {
    Node stanza = fromAnn("M1", text("hello"));
    account.server.connected(false);
    receive(stanza); // committed, but the receipt does not get out
    account.server.connected(true);
    int commits = account.commits.size();

    receive(stanza);

    assertThat(account.heard(Event.MessageReceived.class)).hasSize(1);
    assertThat(account.commits).hasSize(commits);
    assertThat(receipt().text("id")).isEqualTo("M1");
    assertThat(account.server.sent("ack")).isEmpty();
  }

  @Test
  void anOldCounterNobodyRemembersIsConfirmedToo() throws Exception {
    Node enc = account.annPhone.encrypt(OWN_LID, text("hello"));
    receive(Fixture.message(ANN_LID, "M1", enc));
    account.server.sent().clear();

    receive(Fixture.message(ANN_LID, "OTHER", enc)); // the same key under an id not seen before

    assertThat(receipt().attribute("type")).isEmpty();
    assertThat(account.heard(Event.MessageReceived.class)).hasSize(1);
    assertThat(account.heard(Event.MessageUndecryptable.class)).isEmpty();
  }

  @Test
  void anotherCopyOfAKnownMessageIsNoSecondEvent() throws Exception {
    receive(fromAnn("M1", text("hello")));
    receive(fromAnn("M1", text("hello")));

    assertThat(account.heard(Event.MessageReceived.class)).hasSize(1);
    assertThat(account.server.sent("receipt")).hasSize(2);
    receive(fromAnn("M2", text("the ratchet went on")));
    assertThat(account.heard(Event.MessageReceived.class)).hasSize(2);
  }

  @Test
  void messagesOutOfOrderAreAllRead() throws Exception {
    List<Node> stanzas =
        List.of(
            fromAnn("M0", text("0")),
            fromAnn("M1", text("1")),
            fromAnn("M2", text("2")),
            fromAnn("M3", text("3")));

    for (int i : List.of(2, 0, 3, 1)) {
      receive(stanzas.get(i));
    }

    assertThat(account.heard(Event.MessageReceived.class).stream().map(e -> e.message().text()))
        .containsExactly("2", "0", "3", "1");
  }

  @Test
  void afterOurAnswerPlainMessagesFollow() throws Exception {
    receive(fromAnn("M1", text("hello")));
    account.sender.send(OutgoingMessage.text(ANN_PN, "hi"), account.server);
    account.annPhone.decrypt(OWN_LID, Fixture.encFor(account.server.lastDelivered(), ANN_LID));

    Node stanza = fromAnn("M2", text("how are you"));
    assertThat(stanza.child("enc").orElseThrow().text("type")).isEqualTo("msg");
    receive(stanza);

    assertThat(account.heard(Event.MessageReceived.class)).hasSize(2);
  }

  @Test
  void withoutAOneTimeKeyTheFirstMessageIsReadToo() throws Exception {
    account.introduceWithoutOneTimeKey(account.annDesktop);

    receive(
        Fixture.message(
            account.annDesktop.jid(), "M1", account.annDesktop.encrypt(OWN_LID, text("hello"))));

    assertThat(received().sender()).isEqualTo(ANN_LID); // nobody has told us Ann's number
  }

  @Test
  void aPairIsLearnedBeforeTheMessageIsDecrypted() throws Exception {
    receive(fromAnn("M1", text("hello")));
    account.sender.send(OutgoingMessage.text(ANN_PN, "hi"), account.server);
    account.annPhone.decrypt(OWN_LID, Fixture.encFor(account.server.lastDelivered(), ANN_LID));

    Node stanza =
        Fixture.message(ANN_PN, "M2", account.annPhone.encrypt(OWN_LID, text("by number")))
            .with("sender_lid", ANN_LID);
    receive(stanza);

    assertThat(account.heard(Event.MessageReceived.class)).hasSize(2);
    assertThat(account.store.ratchet(new RatchetAddress(ANN_PN))).isEmpty();
  }

  @Test
  void aChatKnownByLidBecomesThatOfTheNumberWhenItIsLearned() throws Exception {
    receive(Fixture.message(ANN_LID, "M1", account.annPhone.encrypt(OWN_LID, text("one"))));
    assertThat(received().chat()).isEqualTo(ANN_LID);

    receive(fromAnn("M2", text("two")));

    assertThat(account.heard(Event.MessageReceived.class).getLast().message().chat())
        .isEqualTo(ANN_PN);
    assertThat(account.store.message(ANN_PN, new MessageId("M1"))).isPresent();
  }

  @Test
  void aRatchetUnderTheNumberMovesToTheLid() throws Exception {
    receive(Fixture.message(ANN_PN, "M1", account.annPhone.encrypt(OWN_LID, text("one"))));
    assertThat(account.store.ratchet(new RatchetAddress(ANN_PN))).isPresent();

    receive(fromAnn("M2", text("two")));

    assertThat(account.heard(Event.MessageReceived.class)).hasSize(2);
    assertThat(account.store.ratchet(new RatchetAddress(ANN_LID))).isPresent();
    assertThat(account.store.ratchet(new RatchetAddress(ANN_PN))).isEmpty();
  }

  @Test
  void whatOurPhoneHasSentIsAMessageOfOurs() throws Exception {
    account.introduce(account.ownPhone);
    Node stanza =
        Fixture.message(
                account.ownPhone.jid(),
                "P1",
                account.ownPhone.encrypt(OWN_LID, sentTo(ANN_LID, text("from the phone"))))
            .with("recipient", ANN_LID)
            .with("peer_recipient_pn", ANN_PN);

    receive(stanza);

    ChatMessage message = account.heard(Event.MessageSent.class).getFirst().message();
    assertThat(message.chat()).isEqualTo(ANN_PN);
    assertThat(message.sender()).isEqualTo(OWN_PN.withoutDevice());
    assertThat(message.fromMe()).isTrue();
    assertThat(message.status()).isEqualTo(MessageStatus.SENT);
    assertThat(message.origin()).isEqualTo(Origin.OTHER_DEVICE);
    assertThat(message.text()).isEqualTo("from the phone");
    assertThat(receipt().text("type")).isEqualTo("sender");
    assertThat(receipt().jid("recipient")).contains(ANN_LID);
    assertThat(receipt().jid("to")).contains(account.ownPhone.jid());
  }

  @Test
  void aNoteToSelfFromThePhoneBelongsToOurOwnChat() throws Exception {
    account.introduce(account.ownPhone);

    receive(
        Fixture.message(
            account.ownPhone.jid(),
            "P1",
            account.ownPhone.encrypt(OWN_LID, sentTo(OWN_LID.withoutDevice(), text("milk")))));

    assertThat(account.heard(Event.MessageSent.class).getFirst().message().chat())
        .isEqualTo(OWN_PN.withoutDevice());
  }

  @Test
  void somebodyElseCannotSayWhatWeHaveSent() throws Exception {
    receive(fromAnn("M1", sentTo(Jid.pn("15550000003"), text("forged"))));

    assertThat(account.heard).isEmpty();
    assertThat(receipt().attribute("type")).isEmpty();
  }

  @Test
  void aPhoneOfOursWithAnotherKeyIsNotBelieved() throws Exception {
    var impostor = new Peer(account.ownPhone.jid(), 55);
    account.introduce(impostor);

    receive(
        Fixture.message(
            impostor.jid(), "P1", impostor.encrypt(OWN_LID, sentTo(ANN_LID, text("forged")))));

    assertThat(account.heard(Event.MessageSent.class)).isEmpty();
    assertThat(account.heard(Event.MessageUndecryptable.class).getFirst().reason())
        .isEqualTo("INVALID_KEY");
  }

  @Test
  void quotesAndMentionsAreRead() throws Exception {
    ContextInfo context =
        ContextInfo.newBuilder()
            .setStanzaId("Q1")
            .setParticipant(OWN_LID.withoutDevice().toString())
            .setQuotedMessage(
                Message.newBuilder().setImageMessage(ImageMessage.newBuilder().setCaption("look")))
            .addMentionedJid(ANN_LID.toString())
            .addMentionedJid("not a jid")
            .setIsForwarded(true)
            .build();
    receive(
        fromAnn(
            "M1",
            Message.newBuilder()
                .setExtendedTextMessage(
                    ExtendedTextMessage.newBuilder().setText("nice").setContextInfo(context))
                .build()));

    ChatMessage message = received();
    assertThat(message.text()).isEqualTo("nice");
    assertThat(message.quote())
        .contains(new ChatMessage.Quote(new MessageId("Q1"), OWN_PN.withoutDevice(), "look", true));
    assertThat(message.mentions()).containsExactly(ANN_PN);
    assertThat(message.forwarded()).isTrue();
  }

  @Test
  void otherContentIsKeptUnderItsName() throws Exception {
    Message image =
        Message.newBuilder().setImageMessage(ImageMessage.newBuilder().setCaption("look")).build();
    receive(fromAnn("M1", image));
    receive(
        fromAnn(
            "M2",
            Message.newBuilder()
                .setViewOnceMessageV2(FutureProofMessage.newBuilder().setMessage(image))
                .build()));
    receive(
        fromAnn(
            "M3",
            Message.newBuilder()
                .setReactionMessage(ReactionMessage.newBuilder().setText("👍"))
                .build()));
    receive(
        fromAnn(
            "M4",
            Message.newBuilder()
                .setProtocolMessage(
                    ProtocolMessage.newBuilder().setType(ProtocolMessage.Type.TYPE_REVOKE))
                .build()));

    List<ChatMessage> messages =
        account.heard(Event.MessageReceived.class).stream()
            .map(Event.MessageReceived::message)
            .toList();
    assertThat(messages.stream().map(ChatMessage::type))
        .containsExactly("image", "image", "reaction", "protocol");
    assertThat(messages.stream().map(ChatMessage::text)).containsExactly("look", "look", "👍", "");
    assertThat(messages.getFirst().content()).isEqualTo(Bytes.wrap(image.toByteArray()));
  }

  @Test
  void aNewIdentityIsToldAndTheMessageRead() throws Exception {
    receive(fromAnn("M1", text("old phone")));
    var newPhone = new Peer(ANN_LID, 31);
    account.introduce(newPhone);

    receive(Fixture.message(ANN_LID, "M2", newPhone.encrypt(OWN_LID, text("new phone"))));

    assertThat(account.heard(Event.IdentityChanged.class))
        .containsExactly(new Event.IdentityChanged(ANN_PN));
    assertThat(account.heard(Event.MessageReceived.class)).hasSize(2);
    assertThat(account.store.identity(new RatchetAddress(ANN_LID)))
        .contains(newPhone.identity().publicKey());
  }

  private Node peerMessage(String id, ProtocolMessage message) {
    return Fixture.message(
            account.ownPhone.jid(),
            id,
            account.ownPhone.encrypt(
                OWN_LID, Message.newBuilder().setProtocolMessage(message).build()))
        .with("category", "peer");
  }

  @Test
  void whatThePhoneTellsThisDeviceIsConfirmedAndNoMessage() throws Exception {
    account.introduce(account.ownPhone);
    receive(
        peerMessage(
            "P1",
            ProtocolMessage.newBuilder()
                .setType(ProtocolMessage.Type.TYPE_APP_STATE_SYNC_KEY_SHARE)
                .build()));
    receive(
        peerMessage(
            "P2",
            ProtocolMessage.newBuilder()
                .setType(ProtocolMessage.Type.TYPE_HISTORY_SYNC_NOTIFICATION)
                .build()));

    assertThat(account.server.sent("receipt").stream().map(r -> r.text("type")))
        .containsExactly("peer_msg", "hist_sync");
    assertThat(account.server.sent("receipt").getFirst().jid("to"))
        .contains(account.ownPhone.jid());
    assertThat(account.heard).isEmpty();
  }

  @Test
  void mappingsFromThePhoneAreLearnedButNotFromAnn() throws Exception {
    account.introduce(account.ownPhone);
    ProtocolMessage mappings =
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.TYPE_LID_MIGRATION_MAPPING_SYNC)
            .setLidMigrationMappingSyncMessage(
                LIDMigrationMappingSyncMessage.newBuilder()
                    .setEncodedMappingPayload(
                        LIDMigrationMappingSyncPayload.newBuilder()
                            .addPnToLidMappings(
                                LIDMigrationMapping.newBuilder()
                                    .setPn(15550000003L)
                                    .setAssignedLid(100000000000003L))
                            .build()
                            .toByteString()))
            .build();
    receive(fromAnn("M1", Message.newBuilder().setProtocolMessage(mappings).build()));
    assertThat(account.store.lidOf(Jid.pn("15550000003"))).isEmpty();

    receive(peerMessage("P1", mappings));

    assertThat(account.lids.twin(Jid.pn("15550000003"))).contains(Jid.lid("100000000000003"));
    assertThat(account.heard).isEmpty();
  }

  @Test
  void aGroupMessageIsToldOnceAsUndecryptableAndAcknowledged() throws Exception {
    Jid group = Jid.group("120363000000000001");
    Message keys =
        Message.newBuilder()
            .setSenderKeyDistributionMessage(
                SenderKeyDistributionMessage.newBuilder().setGroupId(group.toString()))
            .build();
    Node stanza =
        Fixture.message(
                group,
                "G1",
                account.annPhone.encrypt(OWN_LID, keys),
                Node.of("enc", Bytes.ofHex("33aabb")).with("v", "2").with("type", "skmsg"))
            .with("participant", ANN_LID)
            .with("participant_pn", ANN_PN);

    receive(stanza);
    receive(stanza);

    assertThat(account.heard(Event.MessageUndecryptable.class))
        .containsExactly(
            new Event.MessageUndecryptable(
                group, ANN_PN, new MessageId("G1"), "NO_RATCHET", RetryRequests.LIMIT));
    assertThat(account.server.sent("receipt")).isEmpty();
    assertThat(account.server.sent("ack")).hasSize(2);
    Node ack = account.server.sent("ack").getFirst();
    assertThat(ack.jid("to")).contains(group);
    assertThat(ack.jid("participant")).contains(ANN_LID);
    assertThat(ack.text("class")).isEqualTo("message");
    assertThat(ack.attribute("error")).isEmpty();
    receive(fromAnn("M1", text("the ratchet went on")));
    assertThat(received().text()).isEqualTo("the ratchet went on");
  }

  @Test
  void unavailableAndChannelMessagesAreOnlyAcknowledged() throws Exception {
    receive(Fixture.message(ANN_LID, "M1", Node.of("unavailable").with("type", "view_once")));
    receive(
        Fixture.message(
            Jid.of("120363", Jid.NEWSLETTER_SERVER),
            "N1",
            Node.of("plaintext", Bytes.ofHex("00"))));

    assertThat(account.server.sent("ack")).hasSize(2);
    assertThat(account.server.sent("receipt")).isEmpty();
    assertThat(account.heard).isEmpty();
  }

  @Test
  void whatIsNoMessageIsRefusedByCode() throws Exception {
    receive(Fixture.message(ANN_LID, "M1"));
    receive(Fixture.message(ANN_LID, "x".repeat(129), Node.of("enc", Bytes.ofHex("33"))));
    receive(
        Fixture.message(
            ANN_LID, "M2", account.annPhone.encrypt(OWN_LID, new byte[] {0x0a, 0x7f, 1})));

    assertThat(account.server.sent("ack").stream().map(a -> a.text("error")))
        .containsExactly("488", "487", "491");
    assertThat(account.heard(Event.MessageUndecryptable.class).getFirst().reason())
        .isEqualTo("MALFORMED");
  }

  @Test
  void anUnreadableRowIsNotAFailureToDecrypt() throws Exception {
    receive(fromAnn("M1", text("one")));
    account.server.sent().clear();
    for (Faults.Table table :
        List.of(Faults.Table.RATCHETS, Faults.Table.CIPHERTEXTS, Faults.Table.IDENTITIES)) {
      account.makeUnreadable(table);
      Node stanza = fromAnn("M" + table, text("two"));

      assertThatThrownBy(() -> receive(stanza)).isInstanceOf(StoreFailed.Unreadable.class);

      assertThat(account.server.sent()).isEmpty();
      account.makeReadable();
      receive(stanza);
      assertThat(account.server.sent("receipt")).hasSize(1);
      assertThat(account.server.sent("ack")).isEmpty();
      account.server.sent().clear();
    }
    assertThat(account.heard(Event.MessageUndecryptable.class)).isEmpty();
  }

  @Test
  void anUnreadablePreKeyIsNotAMissingOne() throws Exception {
    Node stanza = fromAnn("M1", text("one")).without("sender_pn");
    account.makeUnreadable(Faults.Table.PRE_KEYS);

    assertThatThrownBy(() -> receive(stanza)).isInstanceOf(StoreFailed.Unreadable.class);

    assertThat(account.server.sent()).isEmpty();
    account.makeReadable();
    receive(stanza);
    assertThat(received().text()).isEqualTo("one");
  }

  @Test
  void aBroadcastListIsThePrivateChatOfItsOwner() throws Exception {
    Node stanza =
        Fixture.message(
                Jid.of("1700000000", Jid.BROADCAST_SERVER),
                "B1",
                account.annPhone.encrypt(OWN_LID, text("to all")))
            .with("participant", ANN_LID)
            .with("participant_pn", ANN_PN);

    receive(stanza);

    assertThat(received().chat()).isEqualTo(ANN_PN);
    assertThat(receipt().jid("participant")).contains(ANN_LID);
  }

  @Test
  void twoCiphertextsInOneStanzaStepTheSameRatchetTwice() throws Exception {
    Node first = account.annPhone.encrypt(OWN_LID, text("one"));
    Node second = account.annPhone.encrypt(OWN_LID, text("one, again"));

    receive(Fixture.message(ANN_LID, "M1", first, second));
    receive(Fixture.message(ANN_LID, "REPLAY", first));
    receive(Fixture.message(ANN_LID, "REPLAY", second));
    receive(fromAnn("M2", text("two")));

    assertThat(account.heard(Event.MessageReceived.class).stream().map(e -> e.message().text()))
        .containsExactly("one", "two");
    assertThat(account.heard(Event.MessageUndecryptable.class)).isEmpty();
  }
}
