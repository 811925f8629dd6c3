package wildcat.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;
import static wildcat.client.fake.Fixture.OWN_PN;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.fake.Fixture;
import wildcat.client.store.memory.Faults;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

class LidMapTest {
  private Fixture account;
  private LidMap lids;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
    lids = account.lids;
  }

  @Test
  void aPairIsKnownFromBothSidesAndKeepsTheDevice() throws Exception {
    lids.learn(ANN_PN, ANN_LID.withDevice(4));

    assertThat(lids.twin(ANN_PN)).contains(ANN_LID);
    assertThat(lids.twin(ANN_LID)).contains(ANN_PN);
    assertThat(lids.twin(ANN_PN.withDevice(4))).contains(ANN_LID.withDevice(4));
    assertThat(lids.lidOrSame(ANN_PN.withDevice(4))).isEqualTo(ANN_LID.withDevice(4));
    assertThat(lids.shown(ANN_LID.withDevice(4))).isEqualTo(ANN_PN);
  }

  @Test
  void hostedDevicesAreTheSameUser() throws Exception {
    lids.learn(
        new Jid(ANN_PN.user(), 0, 99, Jid.HOSTED_SERVER),
        new Jid(ANN_LID.user(), 0, 99, Jid.HOSTED_LID_SERVER));

    assertThat(lids.twin(ANN_PN)).contains(ANN_LID);
    assertThat(lids.lidOrSame(new Jid(ANN_PN.user(), 0, 99, Jid.HOSTED_SERVER)))
        .isEqualTo(new Jid(ANN_LID.user(), 0, 99, Jid.HOSTED_LID_SERVER));
    assertThat(lids.shown(new Jid(ANN_LID.user(), 0, 99, Jid.HOSTED_LID_SERVER))).isEqualTo(ANN_PN);
  }

  @Test
  void theUnknownStaysAsItIs() throws Exception {
    assertThat(lids.twin(ANN_PN)).isEmpty();
    assertThat(lids.lidOrSame(ANN_PN)).isEqualTo(ANN_PN);
    assertThat(lids.shown(ANN_LID.withDevice(4))).isEqualTo(ANN_LID);
    assertThat(lids.shown(Jid.group("1"))).isEqualTo(Jid.group("1"));
  }

  @Test
  void aNewLidReplacesTheOldOne() throws Exception {
    lids.learn(ANN_PN, ANN_LID);
    assertThat(lids.twin(ANN_PN)).contains(ANN_LID);
    Jid next = Jid.lid("100000000000222");

    lids.learn(ANN_PN, next);

    assertThat(lids.twin(ANN_PN)).contains(next);
    assertThat(lids.twin(next)).contains(ANN_PN);
    assertThat(lids.twin(ANN_LID)).isEmpty();
  }

  @Test
  void aKnownPairCostsNoCommit() throws Exception {
    lids.learn(ANN_PN, ANN_LID);
    int commits = account.commits.size();

    lids.learn(ANN_LID, ANN_PN);

    assertThat(account.commits).hasSize(commits);
  }

  @Test
  void pairsWithoutSenseAreIgnored() throws Exception {
    lids.learn(ANN_PN, Jid.pn("15550000003"));
    lids.learn(ANN_LID, Jid.lid("100000000000003"));
    lids.learn(ANN_PN, Jid.lid(""));
    lids.learn(ANN_PN, Jid.lid(ANN_PN.user()));
    lids.learn(ANN_PN, Jid.group("1"));
    lids.learn(OWN_PN, ANN_LID); // nobody else has our number
    lids.learn(ANN_PN, OWN_LID);

    assertThat(account.commits).isEmpty();
    assertThat(lids.twin(OWN_PN)).contains(OWN_LID);
  }

  @Test
  void stanzasAreReadForEveryCarrier() throws Exception {
    String[][] carriers = {
      {"from", "sender_lid"},
      {"participant", "participant_lid"},
      {"recipient", "peer_recipient_lid"},
      {"recipient", "recipient_lid"},
      {"from", "lid"}
    };
    int n = 100;
    for (String[] carrier : carriers) {
      Jid pn = Jid.pn("1555000" + n);
      Jid lid = Jid.lid("2000" + n);
      lids.learnFrom(Node.of("message").with(carrier[0], pn.withDevice(2)).with(carrier[1], lid));
      assertThat(lids.twin(pn)).as(carrier[1]).contains(lid);
      n++;
    }
    String[][] reversed = {
      {"from", "sender_pn"},
      {"participant", "participant_pn"},
      {"recipient", "peer_recipient_pn"},
      {"recipient", "recipient_pn"}
    };
    for (String[] carrier : reversed) {
      Jid pn = Jid.pn("1555000" + n);
      Jid lid = Jid.lid("2000" + n);
      lids.learnFrom(Node.of("message").with(carrier[0], lid.withDevice(2)).with(carrier[1], pn));
      assertThat(lids.twin(lid)).as(carrier[1]).contains(pn);
      n++;
    }
  }

  @Test
  void tokenNotificationsTeachAPairAndAreAcknowledged() throws Exception {
    new LidCarrier(lids)
        .handle(
            Node.of("notification")
                .with("id", "N1")
                .with("type", "privacy_token")
                .with("from", ANN_PN)
                .with("sender_lid", ANN_LID),
            account.server);

    assertThat(lids.twin(ANN_PN)).contains(ANN_LID);
    assertThat(account.server.sent("ack").getFirst().text("type")).isEqualTo("privacy_token");
  }

  @Test
  void lookUpsAreRememberedWithinABound() throws Exception {
    for (int i = 0; i < 500; i++) {
      lids.learn(Jid.pn("1555" + i), Jid.lid("1000" + i));
      lids.twin(Jid.pn("1555" + i));
    }
    assertThat(lids.twin(Jid.pn("15553"))).contains(Jid.lid("10003"));
    account.makeUnreadable(Faults.Table.LIDS);
    assertThat(lids.twin(Jid.pn("15553"))).contains(Jid.lid("10003"));
  }
}
