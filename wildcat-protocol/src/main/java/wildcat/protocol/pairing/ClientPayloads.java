package wildcat.protocol.pairing;

import wildcat.proto.ClientPayload;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.SignedPreKey;

/// What a client says of itself in the last handshake message: a companion that wants to be linked, or a
/// linked one that logs in. Source: protocol notes 01, section 5.
public final class ClientPayloads {
  private ClientPayloads() {}

  /// The version of WhatsApp Web the client claims, `2.3000.<build>`.
  public record AppVersion(int primary, int secondary, int tertiary) {
    public static final AppVersion BUILT_IN = new AppVersion(2, 3000, 1_045_649_367);

    @Override
    public String toString() {
      return primary + "." + secondary + "." + tertiary;
    }
  }

  /// How the device shows up in the phone's list.
  ///
  /// @param os the name shown, for example `Wildcat`
  /// @param platformType a number of DeviceProps.PlatformType, 1 for Chrome
  public record DeviceName(String os, int platformType) {
    public static final DeviceName DEFAULT = new DeviceName("Wildcat", 1);
  }

  /// @param registrationId any 32-bit value, unsigned
  public record Registration(
      int registrationId, PublicKey identity, SignedPreKey signedPreKey, DeviceName deviceName) {}

  public static ClientPayload registration(AppVersion version, Registration device) {
    throw new UnsupportedOperationException("not built yet");
  }

  /// @param device our own pn with its device number
  public static ClientPayload login(AppVersion version, Jid device) {
    throw new UnsupportedOperationException("not built yet");
  }
}
