package wildcat.protocol.pairing;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import wildcat.proto.ClientPayload;
import wildcat.proto.ClientPayload.DevicePairingRegistrationData;
import wildcat.proto.ClientPayload.UserAgent;
import wildcat.proto.ClientPayload.WebInfo;
import wildcat.proto.DeviceProps;
import wildcat.proto.DeviceProps.HistorySyncConfig;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.SignedPreKey;

/// What a client says of itself in the last handshake message: a companion that wants to be linked, or a
/// linked one that logs in. The server tells them apart by `devicePairingData`.
///
/// Where clients differ, the values are whatsmeow's (store/clientpayload.go); Baileys'
/// (validate-connection.ts) are noted at the field.
public final class ClientPayloads {
  /// Logins of this device; informational, whatsmeow always says 1.
  private static final int LOGIN_COUNTER = 1;

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

    public static final int MAX_CHARACTERS = 64;

    public DeviceName {
      if (os.isEmpty() || os.length() > MAX_CHARACTERS) {
        throw new IllegalArgumentException(
            "a device name has 1 to " + MAX_CHARACTERS + " characters, not " + os.length());
      }
      if (DeviceProps.PlatformType.forNumber(platformType) == null) {
        throw new IllegalArgumentException("no platform type has the number " + platformType);
      }
    }
  }

  /// @param registrationId any 32-bit value, unsigned
  public record Registration(
      int registrationId, PublicKey identity, SignedPreKey signedPreKey, DeviceName deviceName) {}

  public static ClientPayload registration(AppVersion version, Registration device) {
    SignedPreKey signed = device.signedPreKey();
    return common(version)
        .setPassive(false)
        .setPull(false)
        .setDevicePairingData(
            DevicePairingRegistrationData.newBuilder()
                .setERegid(bigEndian(device.registrationId(), 4))
                .setEKeytype(ByteString.copyFrom(new byte[] {PublicKey.TYPE}))
                .setEIdent(ByteString.copyFrom(device.identity().bytes().toArray()))
                .setESkeyId(bigEndian(signed.id(), 3))
                .setESkeyVal(ByteString.copyFrom(signed.keys().publicKey().bytes().toArray()))
                .setESkeySig(ByteString.copyFrom(signed.signature().toArray()))
                .setBuildHash(ByteString.copyFrom(md5(version.toString())))
                .setDeviceProps(deviceProps(device.deviceName()).toByteString()))
        .build();
  }

  /// @param device our own pn with its device number
  /// @throws IllegalArgumentException `device` is not a companion of a phone number
  public static ClientPayload login(AppVersion version, Jid device) {
    // checked here: the failure of a parser would repeat the number
    if (!device.isPn() || device.device() == 0 || !device.user().matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("a login needs a companion's pn");
    }
    return common(version)
        .setUsername(Long.parseLong(device.user()))
        .setDevice(device.device())
        .setPassive(true)
        .setPull(true)
        .setLc(LOGIN_COUNTER) // Baileys: absent
        .setLidDbMigrated(true) // we key ratchets and chats by lid; Baileys: false
        .build();
  }

  private static ClientPayload.Builder common(AppVersion version) {
    return ClientPayload.newBuilder()
        .setUserAgent(userAgent(version))
        .setWebInfo(
            WebInfo.newBuilder()
                .setWebSubPlatform(WebInfo.WebSubPlatform.WEB_SUB_PLATFORM_WEB_BROWSER))
        .setConnectType(ClientPayload.ConnectType.CONNECT_TYPE_WIFI_UNKNOWN)
        .setConnectReason(ClientPayload.ConnectReason.CONNECT_REASON_USER_ACTIVATED);
  }

  private static UserAgent userAgent(AppVersion version) {
    return UserAgent.newBuilder()
        .setPlatform(UserAgent.Platform.PLATFORM_WEB)
        .setAppVersion(
            UserAgent.AppVersion.newBuilder()
                .setPrimary(version.primary())
                .setSecondary(version.secondary())
                .setTertiary(version.tertiary()))
        .setMcc("000")
        .setMnc("000")
        .setOsVersion("0.1")
        .setManufacturer("") // Baileys: absent
        .setDevice("Desktop")
        .setOsBuildNumber("0.1")
        .setReleaseChannel(UserAgent.ReleaseChannel.RELEASE_CHANNEL_RELEASE)
        .setLocaleLanguageIso6391("en")
        .setLocaleCountryIso31661Alpha2("US")
        .build();
  }

  private static DeviceProps deviceProps(DeviceName name) {
    return DeviceProps.newBuilder()
        .setOs(name.os())
        .setVersion(
            DeviceProps.AppVersion.newBuilder().setPrimary(3).setSecondary(0).setTertiary(0))
        .setPlatformType(DeviceProps.PlatformType.forNumber(name.platformType()))
        .setRequireFullSync(false)
        .setHistorySyncConfig(
            HistorySyncConfig.newBuilder()
                .setStorageQuotaMb(10_240)
                .setInlineInitialPayloadInE2EeMsg(true)
                .setSupportCallLogHistory(true)
                .setSupportBotUserAgentChatHistory(true)
                .setSupportCagReactionsAndPolls(true)
                .setSupportBizHostedMsg(true)
                .setSupportRecentSyncChunkMessageCountTuning(true)
                .setSupportHostedGroupMsg(true)
                .setSupportFbidBotChatHistory(true)
                .setSupportMessageAssociation(true)
                .setSupportGroupHistory(true)
                .setThumbnailSyncDaysLimit(60)
                .setSupportManusHistory(true)
                .setSupportHatchHistory(true))
        .build();
  }

  private static ByteString bigEndian(int value, int sizeBytes) {
    var bytes = new byte[sizeBytes];
    for (int i = 0; i < sizeBytes; i++) {
      bytes[i] = (byte) (value >>> (8 * (sizeBytes - 1 - i)));
    }
    return ByteString.copyFrom(bytes);
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5", e);
    }
  }
}
