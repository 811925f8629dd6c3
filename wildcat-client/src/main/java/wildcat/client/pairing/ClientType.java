package wildcat.client.pairing;

import wildcat.protocol.pairing.ClientPayloads.DeviceName;

/// The last part of a link code: what kind of client shows it. Source: whatsmeow pair-code.go
/// (PairClientType), Baileys Utils/companion-reg-client-utils.ts.
final class ClientType {
  private static final String OTHER_WEB_CLIENT = "9";

  private ClientType() {}

  /// @param name whose platform type is a number of DeviceProps.PlatformType
  static String of(DeviceName name) {
    return switch (name.platformType()) {
      case 1 -> "1"; // Chrome
      case 6 -> "2"; // Edge
      case 2 -> "3"; // Firefox
      case 3 -> "4"; // Internet Explorer
      case 4 -> "5"; // Opera
      case 5 -> "6"; // Safari
      case 7 -> "7"; // desktop
      case 21 -> "8"; // UWP
      default -> OTHER_WEB_CLIENT;
    };
  }
}
