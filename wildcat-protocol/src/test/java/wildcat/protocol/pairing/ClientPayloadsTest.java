package wildcat.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import wildcat.proto.ClientPayload;
import wildcat.proto.DeviceProps;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.pairing.ClientPayloads.AppVersion;
import wildcat.protocol.pairing.ClientPayloads.DeviceName;
import wildcat.protocol.ratchet.SignedPreKey;

/// The payloads in hex were encoded by Baileys 7.0.0-rc14 (validate-connection.ts).
class ClientPayloadsTest {
  private static final AppVersion VERSION = new AppVersion(2, 3000, 1_043_857_760);

  private static final String LOGIN =
      "088784b4f73918012a36080e120b080210b81718e082e0f1031a0330303022033030302a03302e313a074465736b746f70"
          + "4203302e3150005a02656e620255533202200060016801900107880201c80200";

  private static final String REGISTRATION =
      "18002a36080e120b080210b81718e082e0f1031a0330303022033030302a03302e313a074465736b746f704203302e3150"
          + "005a02656e6202555332022000600168019a01d5010a04000012341201051a20"
          + "01".repeat(32)
          + "22030000012a20"
          + "02".repeat(32)
          + "3240"
          + "03".repeat(64)
          + "3a10f6f65c0607a1cdffd8752b051fc95edf422d0a064d6163204f531206080a100f1807180120012a1718805020013000"
          + "38014001480150015801600170017800880200";

  private static Bytes filled(int value, int length) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.wrap(bytes);
  }

  private static ClientPayload withBaileysChoices(ClientPayload ours) {
    ClientPayload.Builder payload = ours.toBuilder().clearLc();
    payload.getUserAgentBuilder().clearManufacturer();
    return payload.build();
  }

  @Test
  void aLoginIsBaileysLoginButForTheChoicesNoted() throws Exception {
    ClientPayload ours = ClientPayloads.login(VERSION, Jid.pn("15551234567").withDevice(7));

    assertThat(ours.getLidDbMigrated()).isTrue();
    assertThat(ours.getLc()).isEqualTo(1);
    assertThat(withBaileysChoices(ours).toBuilder().setLidDbMigrated(false).build().toByteArray())
        .isEqualTo(Bytes.ofHex(LOGIN).toArray());
  }

  @Test
  void aRegistrationIsBaileysRegistrationButForTheDevicesOwnProperties() throws Exception {
    KeyPair keys = new KeyPair(Secret.wrap(new byte[32]), new PublicKey(filled(2, 32)));
    var device =
        new ClientPayloads.Registration(
            0x1234,
            new PublicKey(filled(1, 32)),
            new SignedPreKey(1, keys, filled(3, 64)),
            new DeviceName("Wildcat", 1));
    ClientPayload theirs = ClientPayload.parseFrom(Bytes.ofHex(REGISTRATION).toArray());

    ClientPayload ours = ClientPayloads.registration(VERSION, device);

    DeviceProps props = DeviceProps.parseFrom(ours.getDevicePairingData().getDeviceProps());
    assertThat(props.getOs()).isEqualTo("Wildcat");
    assertThat(props.getPlatformType()).isEqualTo(DeviceProps.PlatformType.PLATFORM_TYPE_CHROME);
    ClientPayload.Builder asTheirs = withBaileysChoices(ours).toBuilder();
    asTheirs
        .getDevicePairingDataBuilder()
        .setDeviceProps(theirs.getDevicePairingData().getDeviceProps());
    assertThat(asTheirs.build().toByteArray()).isEqualTo(Bytes.ofHex(REGISTRATION).toArray());
  }

  @Test
  void theBuildHashIsTheMd5OfTheVersion() {
    KeyPair keys = new KeyPair(Secret.wrap(new byte[32]), new PublicKey(filled(2, 32)));
    var device =
        new ClientPayloads.Registration(
            1, keys.publicKey(), new SignedPreKey(1, keys, filled(3, 64)), DeviceName.DEFAULT);

    assertThat(
            ClientPayloads.registration(AppVersion.BUILT_IN, device)
                .getDevicePairingData()
                .getBuildHash()
                .toByteArray())
        .isEqualTo(Bytes.ofHex("9fa53af9421567b114e33c9bb1ef7db2").toArray());
  }

  @Test
  void onlyACompanionLogsIn() {
    for (Jid jid :
        new Jid[] {
          Jid.pn("15551234567"),
          Jid.lid("100000012345678").withDevice(7),
          Jid.pn("15551234567x").withDevice(7),
          Jid.pn("").withDevice(7)
        }) {
      assertThatThrownBy(() -> ClientPayloads.login(VERSION, jid))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a login needs a companion's pn");
    }
  }
}
