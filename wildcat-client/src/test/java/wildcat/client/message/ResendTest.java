package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.encFor;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.fake.Fixture;
import wildcat.client.session.NotConnected;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.session.Rejected;
import wildcat.protocol.node.Node;

class ResendTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  /// Sends a message whose ack never arrives.
  private void leavePending(String id) {
    account.server.nextAck(_ -> {
      throw new OutcomeUnknown("no ack");
    });
    assertThatThrownBy(() -> account.sender.send(text(id), account.server))
        .isInstanceOf(OutcomeUnknown.class);
  }

  private static OutgoingMessage text(String id) {
    return OutgoingMessage.text(ANN_PN, "text of " + id).withId(new MessageId(id));
  }

  private MessageStatus status(String id) throws Exception {
    return account.store.message(ANN_PN, new MessageId(id)).orElseThrow().status();
  }

  @Test
  void whatWasNeverAcknowledgedIsSentAgainUnderTheSameIdsInOrder() throws Exception {
    leavePending("A");
    account.pass(Duration.ofSeconds(5));
    leavePending("B");
    account.server.delivered().clear();

    account.sender.resendUnacknowledged(account.server);

    assertThat(account.server.delivered().stream().map(s -> s.text("id")))
        .containsExactly("A", "B");
    assertThat(status("A")).isEqualTo(MessageStatus.SENT);
    assertThat(status("B")).isEqualTo(MessageStatus.SENT);
    assertThat(account.heard(Event.MessageSent.class)).hasSize(2);
  }

  @Test
  void itIsEncryptedAnewSoThatNoMessageKeyIsUsedTwice() throws Exception {
    leavePending("A");
    account.sender.resendUnacknowledged(account.server);

    Node first = account.server.delivered().get(0);
    Node second = account.server.delivered().get(1);
    assertThat(account.annPhone.decrypt(OWN_LID, encFor(first, ANN_LID)).getConversation())
        .isEqualTo("text of A");
    assertThat(account.annPhone.decrypt(OWN_LID, encFor(second, ANN_LID)).getConversation())
        .isEqualTo("text of A");
  }

  @Test
  void sendingItAgainByHandDoesTheSame() throws Exception {
    leavePending("A");

    assertThat(account.sender.send(text("A"), account.server).status())
        .isEqualTo(MessageStatus.SENT);

    assertThat(account.server.delivered()).hasSize(2);
    account.sender.resendUnacknowledged(account.server);
    assertThat(account.server.delivered()).hasSize(2);
  }

  @Test
  void afterADayItIsFailedInstead() throws Exception {
    leavePending("A");
    account.pass(Duration.ofHours(24).plusSeconds(1));

    account.sender.resendUnacknowledged(account.server);

    assertThat(account.server.delivered()).hasSize(1);
    assertThat(status("A")).isEqualTo(MessageStatus.FAILED);
    assertThat(account.heard.getLast())
        .isEqualTo(
            new Event.MessageStatusChanged(
                ANN_PN, new MessageId("A"), MessageStatus.FAILED, account.now(), Optional.empty()));
  }

  @Test
  void whenTheConnectionIsLostTheRestWaitsForTheNextLogin() throws Exception {
    leavePending("A");
    leavePending("B");
    account.server.delivered().clear();
    account.server.connected(false);

    account.sender.resendUnacknowledged(account.server);

    assertThat(status("A")).isEqualTo(MessageStatus.PENDING);
    account.server.connected(true);
    account.sender.resendUnacknowledged(account.server);
    assertThat(account.server.delivered()).hasSize(2);
  }

  @Test
  void oneThatIsRefusedDoesNotHoldUpTheOthers() throws Exception {
    leavePending("A");
    leavePending("B");
    account.server.nextAck(_ -> {
      throw new Rejected(463, "");
    });

    account.sender.resendUnacknowledged(account.server);

    assertThat(status("A")).isEqualTo(MessageStatus.FAILED);
    assertThat(status("B")).isEqualTo(MessageStatus.SENT);
  }

  @Test
  void lossOfTheConnectionWhileSendingIsNotARefusal() throws Exception {
    leavePending("A");
    account.server.nextAck(_ -> {
      throw new NotConnected("closed");
    });

    account.sender.resendUnacknowledged(account.server);

    assertThat(status("A")).isEqualTo(MessageStatus.PENDING);
  }
}
