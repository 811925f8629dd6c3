package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.proto.ClientPayload;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.pairing.ClientPayloads;
import wildcat.protocol.pairing.ClientPayloads.AppVersion;
import wildcat.protocol.pairing.LinkCode;
import wildcat.simulator.phone.LinkedDevice;
import wildcat.simulator.phone.ScanRefused;
import wildcat.simulator.phone.VirtualPhone;

class LinkingTest {
  private Simulator simulator;
  private VirtualPhone phone;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults());
    phone = simulator.phone("Ann");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aClientGetsSixReferencesLinksAndLogsIn() throws Exception {
    var device = new RawDevice(1);
    try (RawClient client = device.register(simulator)) {
      Node pairDevice = client.next();
      assertThat(pairDevice.jid("from")).contains(Jid.WHATSAPP);
      assertThat(pairDevice.child("pair-device").orElseThrow().children("ref")).hasSize(6);
      LinkedDevice linked = phone.scan(device.code(pairDevice).text());
      Adv.SignedIdentity signed = device.signBack(client, client.next());
      assertThat(signed.keyIndex()).isEqualTo(1);
      assertThat(linked.pn()).isEqualTo(device.pn()).isEqualTo(phone.pn().withDevice(1));
      assertThat(client.next()).isEqualTo(Node.of("stream:error").with("code", 515));
      assertThat(client.isClosed()).isTrue();
    }
    try (RawClient client = device.login(simulator)) {
      Node success = client.next();
      assertThat(success.tag()).isEqualTo("success");
      assertThat(success.jid("lid")).contains(phone.lid().withDevice(1));
      assertThat(success.number("t")).isPresent();
    }
    assertThat(phone.devices()).hasSize(1);
    assertThat(simulator.counters().violations()).isEmpty();
  }

  @Test
  void anotherNoiseKeyIsRefusedAtTheLogin() throws Exception {
    RawDevice device = RawDevice.linked(simulator, phone, 1);
    var thief = new RawDevice(2);
    thief.pn(device.pn());
    try (RawClient client = thief.login(simulator)) {
      assertThat(client.next().text("reason")).isEqualTo("401");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void unknownDevicesAndLoginsWithoutADeviceAreRefused() throws Exception {
    RawDevice device = RawDevice.linked(simulator, phone, 1);
    device.pn(device.pn().withDevice(2));
    try (RawClient client = device.login(simulator)) {
      assertThat(client.next().text("reason")).isEqualTo("401");
    }
    ClientPayload without =
        ClientPayloads.login(AppVersion.BUILT_IN, phone.pn().withDevice(1)).toBuilder()
            .clearDevice()
            .build();
    try (RawClient client = RawClient.connect(simulator, device.noise, without)) {
      assertThat(client.next().text("reason")).isEqualTo("401");
    }
  }

  @Test
  void anOutdatedClientIsToldSo() throws Exception {
    RawDevice device = RawDevice.linked(simulator, phone, 1);
    ClientPayload old = ClientPayloads.login(new AppVersion(1, 0, 0), device.pn());
    try (RawClient client = RawClient.connect(simulator, device.noise, old)) {
      assertThat(client.next().text("reason")).isEqualTo("405");
    }
  }

  @Test
  void aSecondLoginReplacesTheFirst() throws Exception {
    RawDevice device = RawDevice.linked(simulator, phone, 1);
    try (RawClient first = device.login(simulator);
        RawClient second = device.login(simulator)) {
      assertThat(second.next().tag()).isEqualTo("success");
      Node end = first.next("stream:error");
      assertThat(end.child("conflict").orElseThrow().text("type")).isEqualTo("replaced");
      assertThat(first.isClosed()).isTrue();
      assertThat(second.request(RawClient.iq("1", "get", "w:p")).text("type")).isEqualTo("result");
    }
  }

  @Test
  void thePhoneUnlinksADevice() throws Exception {
    RawDevice device = RawDevice.linked(simulator, phone, 1);
    try (RawClient client = device.login(simulator)) {
      assertThat(client.next().tag()).isEqualTo("success");
      assertThat(phone.unlink(phone.devices().getFirst())).isTrue();
      Node end = client.next("stream:error");
      assertThat(end.text("code")).isEqualTo("401");
      assertThat(end.child("conflict").orElseThrow().text("type")).isEqualTo("device_removed");
    }
    assertThat(phone.devices()).isEmpty();
    try (RawClient client = device.login(simulator)) {
      assertThat(client.next().text("reason")).isEqualTo("401");
    }
  }

  @Test
  void aDeviceRemovesItself() throws Exception {
    RawDevice device = RawDevice.linked(simulator, phone, 1);
    try (RawClient client = device.login(simulator)) {
      assertThat(client.next().tag()).isEqualTo("success");
      Node removal =
          Node.of("remove-companion-device")
              .with("jid", device.pn())
              .with("reason", "user_initiated");
      Node answer = client.request(RawClient.iq("1", "set", "md", removal));
      assertThat(answer.text("type")).isEqualTo("result");
      assertThat(client.next().text("code")).isEqualTo("401");
    }
    assertThat(phone.devices()).isEmpty();
  }

  @Test
  void ownCompanionsHearOfANewOneWithAVerifiableKeyIndexList() throws Exception {
    RawDevice first = RawDevice.linked(simulator, phone, 1);
    try (RawClient client = first.active(simulator)) {
      RawDevice.linked(simulator, phone, 2);
      Node devices = client.next(n -> n.is("notification") && n.text("type").equals("devices"));
      Node added = devices.path("add", "device").orElseThrow();
      assertThat(added.jid("jid")).contains(phone.pn().withDevice(2));
      assertThat(added.jid("lid")).contains(phone.lid().withDevice(2));
      assertThat(added.text("key-index")).isEqualTo("2");
      Node sync = client.next(n -> n.is("notification") && n.text("type").equals("account_sync"));
      assertThat(sync.child("devices").orElseThrow().children("device")).hasSize(3);
      Bytes list = devices.path("add", "key-index-list").flatMap(Node::bytes).orElseThrow();
      assertThat(list.length()).isPositive();
    }
  }

  @Test
  void codesThatLeadNowhereAreRefusedWithTheirReason() throws Exception {
    var device = new RawDevice(1);
    try (RawClient client = device.register(simulator)) {
      LinkCode code = device.code(client.next());
      var other = new RawDevice(2);
      Map<ScanRefused.Reason, String> codes =
          Map.of(
              ScanRefused.Reason.MALFORMED, "hello",
              ScanRefused.Reason.UNKNOWN_REF, code.text().replace(code.ref(), "2@nobody"),
              ScanRefused.Reason.KEY_MISMATCH,
                  new LinkCode(
                          code.ref(),
                          other.noise.publicKey(),
                          code.identityKey(),
                          code.advSecret(),
                          "1")
                      .text());
      codes.forEach((reason, text) ->
          assertThatThrownBy(() -> phone.scan(text))
              .isInstanceOfSatisfying(
                  ScanRefused.class, e -> assertThat(e.reason()).isEqualTo(reason)));
      phone.scan(code.text());
      assertThatThrownBy(() -> phone.scan(code.text()))
          .isInstanceOfSatisfying(
              ScanRefused.class, e -> assertThat(e.reason()).isEqualTo(ScanRefused.Reason.USED));
    }
  }

  @Test
  void aDeviceSignatureThatDoesNotHoldIsAViolation() throws Exception {
    var device = new RawDevice(1);
    try (RawClient client = device.register(simulator)) {
      phone.scan(device.code(client.next()).text());
      Node success = client.next();
      Bytes unsigned =
          success.path("pair-success", "device-identity").flatMap(Node::bytes).orElseThrow();
      client.send(
          RawDevice.answer(success)
              .containing(
                  Node.of(
                      "pair-device-sign",
                      Node.of("device-identity", unsigned).with("key-index", 1))));
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(phone.devices()).isEmpty();
    assertThat(simulator.counters().violations())
        .containsOnlyKeys("pair-device-sign that does not verify");
  }

  @Test
  void beforeTheLoginOnlyTheLinkingIsSpokenOf() throws Exception {
    try (RawClient client = new RawDevice(1).register(simulator)) {
      client.next();
      client.send(RawClient.iq("1", "get", "w:p"));
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(simulator.counters().violations())
        .containsOnlyKeys("request before the login: iq get w:p");
  }

  @Test
  void theSameSeedGivesTheSameServerAndPhones() throws Exception {
    try (Simulator again = Simulator.start(Settings.defaults());
        Simulator other = Simulator.start(Settings.defaults().withSeed(2))) {
      assertThat(again.root()).isEqualTo(simulator.root());
      assertThat(other.root()).isNotEqualTo(simulator.root());
      assertThat(again.phone("Ann").pn()).isEqualTo(phone.pn());
      assertThat(List.of(phone.pn().user(), phone.lid().user()))
          .allMatch(user -> user.matches("1[0-9]{10}|1000[0-9]{11}"));
    }
  }
}
