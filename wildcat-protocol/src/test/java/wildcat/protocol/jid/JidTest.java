package wildcat.protocol.jid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JidTest {
  @ParameterizedTest
  @CsvSource({
    "15551234567@s.whatsapp.net,          15551234567,            0,   0,     s.whatsapp.net",
    "15551234567:7@s.whatsapp.net,        15551234567,            0,   7,     s.whatsapp.net",
    "15551234567_2:7@s.whatsapp.net,      15551234567,            2,   7,     s.whatsapp.net",
    "100000012345678_255@lid,             100000012345678,        255, 0,     lid",
    "100000012345678:65535@lid,           100000012345678,        0,   65535, lid",
    "15551234567-1600000000@g.us,         15551234567-1600000000, 0,   0,     g.us",
    "5-1234567890:2@interop,              5-1234567890,           0,   2,     interop",
    "status@broadcast,                    status,                 0,   0,     broadcast",
    "@s.whatsapp.net,                     '',                     0,   0,     s.whatsapp.net",
  })
  void textIsReadAndWrittenBack(String text, String user, int agent, int device, String server) {
    assertThat(Jid.parse(text)).contains(new Jid(user, agent, device, server));
    assertThat(Jid.parse(text).orElseThrow()).hasToString(text);
  }

  @Test
  void anExplicitDeviceZeroIsTheSameAsNone() {
    assertThat(Jid.parse("15551234567:0@lid")).contains(Jid.lid("15551234567"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "15551234567",
        "15551234567@",
        "@",
        "a@b@c",
        "1:@lid",
        "1:x@lid",
        "1:-1@lid",
        "1:65536@lid",
        "1:100000@lid",
        "1_256@lid",
        "1_@lid",
        "1:1:1@lid",
        "1:\u0661@lid",
      })
  void textThatIsNoAddressIsNotRead(String text) {
    assertThat(Jid.parse(text)).isEmpty();
  }

  @Test
  void partsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Jid("1", 256, 0, "lid")).hasMessageContaining("agent 256");
    assertThatThrownBy(() -> new Jid("1", 0, 65_536, "lid")).hasMessageContaining("device 65536");
    assertThatThrownBy(() -> new Jid("1", 0, -1, "lid")).hasMessageContaining("device -1");
    assertThatThrownBy(() -> new Jid("1", 0, 0, "")).hasMessageContaining("server");
    assertThatThrownBy(() -> new Jid("1@2", 0, 0, "lid")).hasMessageContaining("@");
    assertThatThrownBy(() -> new Jid("1", 0, 0, "a@b")).hasMessageContaining("@");
  }

  @Test
  void aDeviceKnowsItsUser() {
    Jid device = Jid.pn("15551234567").withDevice(7);
    assertThat(device.withoutDevice()).isEqualTo(Jid.pn("15551234567"));
    assertThat(device.isSameUser(Jid.pn("15551234567").withDevice(3))).isTrue();
    assertThat(device.isSameUser(Jid.lid("15551234567").withDevice(7))).isFalse();
    assertThat(device.isSameUser(Jid.pn("15551234568").withDevice(7))).isFalse();
  }

  @Test
  void hostedDevicesCountAsTheirUsersForm() {
    assertThat(Jid.of("1", Jid.HOSTED_SERVER).isPn()).isTrue();
    assertThat(Jid.of("1", Jid.HOSTED_LID_SERVER).isLid()).isTrue();
    assertThat(Jid.group("1").isUser()).isFalse();
    assertThat(Jid.group("1").isGroup()).isTrue();
  }
}
