package wildcat.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.fake.FakeExchange;
import wildcat.client.fake.Fixture;
import wildcat.client.fake.Peer;
import wildcat.client.store.Change;
import wildcat.client.store.DeviceList;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.ratchet.RatchetAddress;

class DevicesTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  private List<Integer> numbers(Jid user) throws Exception {
    DeviceList list = account.devices.of(List.of(user), account.server).get(user);
    return list == null
        ? List.of()
        : list.devices().stream().map(DeviceList.Device::number).toList();
  }

  private int queries() {
    return account.server.requests("usync").size();
  }

  private Bytes keyIndexes(KeyPair signer, int current, Integer... valid) {
    return new Adv(account.curve, account.random)
        .signKeyIndexes(
            signer,
            new Adv.KeyIndexes(7, Instant.ofEpochSecond(1_755_768_000), current, List.of(valid)));
  }

  private void trustAnn() throws Exception {
    account.store.commit(
        UnitOfWork.of(
            new Change.PutIdentity(
                new RatchetAddress(ANN_LID), account.annPhone.identity().publicKey())));
  }

  private void annHas(Optional<Bytes> keyIndexes, Peer... devices) {
    account.server.with(
        new FakeExchange.User(ANN_PN, Optional.of(ANN_LID), List.of(devices), keyIndexes));
  }

  @Test
  void queryIsWrittenAsClientsDo() {
    Node query = DeviceQuery.query(List.of(ANN_LID), "1.1");

    assertThat(query.text("xmlns")).isEqualTo("usync");
    assertThat(query.jid("to")).contains(Jid.WHATSAPP);
    Node usync = query.child("usync").orElseThrow();
    assertThat(usync.text("context")).isEqualTo("message");
    assertThat(usync.text("mode")).isEqualTo("query");
    assertThat(usync.text("sid")).isEqualTo("1.1");
    assertThat(usync.path("query", "devices").orElseThrow().text("version")).isEqualTo("2");
    assertThat(usync.path("list", "user").orElseThrow().jid("jid")).contains(ANN_LID);
  }

  @Test
  void hashIsThatOfTheVector() {
    // protocol notes 05, section 3; computed as whatsmeow's participantListHashV2
    assertThat(
            ParticipantHash.of(
                List.of(
                    Jid.lid("100000087654321"),
                    Jid.lid("100000012345678").withDevice(7),
                    Jid.lid("100000012345678"))))
        .isEqualTo("2:Rj0hp20V");
    assertThat(ParticipantHash.of(List.of())).isEqualTo("2:47DEQpj8");
  }

  @Test
  void listIsAskedForOnceAndForSeveralUsersTogether() throws Exception {
    Map<Jid, DeviceList> lists =
        account.devices.of(List.of(ANN_LID, OWN_LID.withoutDevice()), account.server);

    assertThat(lists).hasSize(2);
    assertThat(queries()).isEqualTo(1);
    assertThat(numbers(ANN_LID)).containsExactly(0, 4);
    assertThat(queries()).isEqualTo(1);
  }

  @Test
  void listAgesAndAClockSetBackDoesNotMakeItYounger() throws Exception {
    numbers(ANN_LID);
    account.pass(Duration.ofMinutes(59));
    numbers(ANN_LID);
    assertThat(queries()).isEqualTo(1);
    account.pass(Duration.ofDays(-1));
    numbers(ANN_LID);
    assertThat(queries()).isEqualTo(2);
  }

  @Test
  void aNumberBecomesItsLidWithOneQuery() throws Exception {
    assertThat(account.devices.find(ANN_PN, account.server))
        .isEqualTo(new Devices.Recipient(ANN_LID, Optional.of(ANN_PN)));
    assertThat(numbers(ANN_LID)).containsExactly(0, 4);
    assertThat(queries()).isEqualTo(1);
    assertThat(account.devices.find(ANN_LID, account.server).pn()).contains(ANN_PN);
  }

  @Test
  void aUserWithoutLidIsAddressedByNumber() throws Exception {
    account.server.with(
        new FakeExchange.User(
            ANN_PN, Optional.empty(), List.of(new Peer(ANN_PN, 1)), Optional.empty()));

    assertThat(account.devices.find(ANN_PN, account.server))
        .isEqualTo(new Devices.Recipient(ANN_PN, Optional.of(ANN_PN)));
  }

  @Test
  void devicesTheirPhoneDoesNotVouchForAreDropped() throws Exception {
    trustAnn();
    annHas(
        Optional.of(keyIndexes(account.annPhone.identity(), 6, 4)),
        account.annPhone,
        account.annDesktop, // key index 4, valid
        Peer.companion(account.annPhone, 5, 50), // revoked
        Peer.companion(account.annPhone, 8, 51)); // newer than the list

    assertThat(numbers(ANN_LID)).containsExactly(0, 4, 8);
  }

  @Test
  void ourOwnDevicesAreHeldAgainstTheKeyFromLinking() throws Exception {
    account.server.with(
        new FakeExchange.User(
            Fixture.OWN_PN.withoutDevice(),
            Optional.of(OWN_LID.withoutDevice()),
            List.of(account.ownPhone, account.ownOther),
            Optional.of(keyIndexes(account.ownPhone.identity(), 9, 7))));

    assertThat(numbers(OWN_LID.withoutDevice())).containsExactly(0);
  }

  @Test
  void aListThatDoesNotVerifyIsNoReasonToDropAnything() throws Exception {
    trustAnn();
    annHas(
        Optional.of(keyIndexes(account.ownPhone.identity(), 6)),
        account.annPhone,
        account.annDesktop);

    assertThat(numbers(ANN_LID)).containsExactly(0, 4);
  }

  private static Node notification(String type, Jid from, Node... changes) {
    return Node.of("notification", changes).with("id", "N1").with("type", type).with("from", from);
  }

  @Test
  void aNotificationDropsTheListAndTeachesTheLid() throws Exception {
    numbers(ANN_LID);
    Node added =
        Node.of(
            "add",
            Node.of("device")
                .with("jid", ANN_PN.withDevice(5))
                .with("lid", ANN_LID.withDevice(5))
                .with("key-index", 5));

    account.deviceNotifications.handle(
        notification("devices", ANN_PN, added).with("lid", ANN_LID), account.server);

    assertThat(account.lids.twin(ANN_PN)).contains(ANN_LID);
    assertThat(account.store.devices(ANN_LID)).isEmpty();
    assertThat(account.server.sent("ack").getFirst().text("type")).isEqualTo("devices");
  }

  @Test
  void ourOwnListIsDroppedWhenTheAccountChanges() throws Exception {
    numbers(OWN_LID.withoutDevice());

    account.deviceNotifications.handle(
        notification("account_sync", Fixture.OWN_PN.withoutDevice(), Node.of("picture")),
        account.server);
    assertThat(account.store.devices(OWN_LID.withoutDevice())).isPresent();
    account.deviceNotifications.handle(
        notification("account_sync", Fixture.OWN_PN.withoutDevice(), Node.of("devices")),
        account.server);

    assertThat(account.store.devices(OWN_LID.withoutDevice())).isEmpty();
    assertThat(account.server.sent("ack")).hasSize(2);
  }

  @Test
  void keysOfARemovedDeviceGoWhenThePhoneSaysSo() throws Exception {
    account.sender.send(
        wildcat.client.message.OutgoingMessage.text(ANN_PN, "hello"), account.server);
    var desktop = new RatchetAddress(ANN_LID.withDevice(4));
    Node device =
        Node.of("device")
            .with("jid", ANN_PN.withDevice(4))
            .with("lid", ANN_LID.withDevice(4))
            .with("key-index", 4);
    Node forged =
        Node.of(
            "remove",
            device,
            Node.of("key-index-list", keyIndexes(account.ownPhone.identity(), 4)));
    account.deviceNotifications.handle(notification("devices", ANN_PN, forged), account.server);
    assertThat(account.store.ratchet(desktop)).isPresent();

    Node removed =
        Node.of(
            "remove",
            device,
            Node.of("key-index-list", keyIndexes(account.annPhone.identity(), 4)));
    account.deviceNotifications.handle(notification("devices", ANN_PN, removed), account.server);

    assertThat(account.store.ratchet(desktop)).isEmpty();
    assertThat(account.store.identity(desktop)).isEmpty();
    assertThat(account.store.ratchet(new RatchetAddress(ANN_LID))).isPresent();
  }

  @Test
  void anAnswerUnderWayIsNotStoredAfterTheNotification() throws Exception {
    account.server.nextAnswer(
        "usync",
        iq -> {
          try {
            account.deviceNotifications.handle(
                notification("devices", ANN_LID, Node.of("update")), account.server);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return account.server.request(iq);
        });

    assertThat(numbers(ANN_LID)).containsExactly(0, 4);

    assertThat(account.store.devices(ANN_LID)).isEmpty();
  }

  @Test
  void strangeDevicesInAnAnswerAreSkipped() {
    Node list =
        Node.of(
            "device-list",
            Node.of("device").with("id", "0"),
            Node.of("device").with("id", "70000"),
            Node.of("device").with("id", "x"),
            Node.of("device").with("id", "99").with("key-index", "3").with("is_hosted", "true"));
    Node answer =
        Node.of(
            "iq",
            Node.of(
                "usync",
                Node.of(
                    "list",
                    Node.of("user", Node.of("devices", list)).with("jid", ANN_LID),
                    Node.of("user", Node.of("devices", list)))));

    List<DeviceQuery.Found> found = DeviceQuery.parse(answer);

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().devices())
        .containsExactly(new DeviceList.Device(0, 0, false), new DeviceList.Device(99, 3, true));
  }
}
