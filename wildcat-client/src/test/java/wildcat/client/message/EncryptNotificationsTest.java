package wildcat.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_PN;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.Event;
import wildcat.client.fake.Fixture;
import wildcat.client.session.OutcomeUnknown;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.RatchetAddress;

class EncryptNotificationsTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  private void handle(Node notification) throws Exception {
    account.encryptNotifications.handle(
        notification.with("id", "N1").with("type", "encrypt"), account.server);
  }

  private static Node identity(Jid from) {
    return Node.of("notification", Node.of("identity")).with("from", from);
  }

  @Test
  void aNewIdentityVoidsTheKeysOfAllDevices() throws Exception {
    account.sender.send(OutgoingMessage.text(ANN_PN, "hello"), account.server);

    handle(identity(ANN_PN));

    for (Jid device : new Jid[] {ANN_LID, ANN_LID.withDevice(4)}) {
      assertThat(account.store.ratchet(new RatchetAddress(device))).isEmpty();
      assertThat(account.store.identity(new RatchetAddress(device))).isEmpty();
    }
    assertThat(account.store.devices(ANN_LID)).isEmpty();
    assertThat(account.store.ratchet(new RatchetAddress(account.ownPhone.jid()))).isPresent();
    assertThat(account.heard.getLast()).isEqualTo(new Event.IdentityChanged(ANN_PN));
    assertThat(account.server.sent("ack").getFirst().text("type")).isEqualTo("encrypt");
  }

  @Test
  void oursAndThatOfACompanionAreIgnored() throws Exception {
    account.sender.send(OutgoingMessage.text(ANN_PN, "hello"), account.server);
    account.heard.clear();

    handle(identity(OWN_PN.withoutDevice()));
    handle(identity(ANN_PN.withDevice(4)));

    assertThat(account.store.ratchet(new RatchetAddress(account.ownPhone.jid()))).isPresent();
    assertThat(account.store.ratchet(new RatchetAddress(ANN_LID))).isPresent();
    assertThat(account.heard).isEmpty();
    assertThat(account.server.sent("ack")).hasSize(2);
  }

  @Test
  void lowStockIsFilledUp() throws Exception {
    handle(Node.of("notification", Node.of("count").with("value", 4)).with("from", Jid.WHATSAPP));

    assertThat(account.server.requests("registration")).hasSize(1);
    assertThat(account.server.sent("ack")).hasSize(1);
  }

  @Test
  void aFailedUploadIsAcknowledgedAllTheSame() throws Exception {
    account.server.nextAnswer(
        "registration",
        _ -> {
          throw new OutcomeUnknown("no answer");
        });

    handle(Node.of("notification", Node.of("count").with("value", 4)).with("from", Jid.WHATSAPP));

    assertThat(account.server.sent("ack")).hasSize(1);
  }
}
