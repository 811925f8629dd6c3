package wildcat.protocol.node;

import org.jspecify.annotations.Nullable;
import wildcat.protocol.jid.Jid;

/// How addresses map to their wire forms.
///
/// A pair (user and server) carries no device or agent; where an address has one that its own form
/// cannot hold, the user part of a pair spells it, as in `15551234567_2:300`. Reading undoes that, so
/// that one address never becomes two values.
/// Source: whatsmeow binary/encoder.go and types/jid.go.
final class JidForm {
  private static final int LID_DOMAIN = 1;
  private static final int HOSTED_DOMAIN = 128;
  private static final int HOSTED_LID_DOMAIN = 129;

  private JidForm() {}

  /// The domain byte with which `jid` is written as AD_JID, or -1 when it is written as a pair.
  static int domain(Jid jid) {
    if (jid.device() > 255 || jid.user().indexOf(':') >= 0) {
      return -1;
    }
    return switch (jid.server()) {
      case Jid.PN_SERVER -> pnDomain(jid);
      case Jid.LID_SERVER -> jid.device() > 0 && jid.agent() == 0 ? LID_DOMAIN : -1;
      case Jid.HOSTED_SERVER -> jid.agent() == 0 ? HOSTED_DOMAIN : -1;
      case Jid.HOSTED_LID_SERVER -> jid.agent() == 0 ? HOSTED_LID_DOMAIN : -1;
      default -> -1;
    };
  }

  private static int pnDomain(Jid jid) {
    return switch (jid.agent()) {
      case 0 -> jid.device() > 0 ? 0 : -1;
      case LID_DOMAIN, HOSTED_DOMAIN, HOSTED_LID_DOMAIN -> -1;
      default -> jid.agent();
    };
  }

  /// The address of an AD_JID.
  static Jid ofDomain(int domain, int device, String user) {
    return switch (domain) {
      case LID_DOMAIN -> new Jid(user, 0, device, Jid.LID_SERVER);
      case HOSTED_DOMAIN -> new Jid(user, 0, device, Jid.HOSTED_SERVER);
      case HOSTED_LID_DOMAIN -> new Jid(user, 0, device, Jid.HOSTED_LID_SERVER);
      default -> new Jid(user, domain, device, Jid.PN_SERVER);
    };
  }

  /// The user part that a pair shows for `jid`.
  static String pairUser(Jid jid) {
    if (jid.device() == 0 && jid.agent() == 0) {
      return jid.user();
    }
    return jid.user()
        + (jid.agent() == 0 ? "" : "_" + jid.agent())
        + (jid.device() == 0 ? "" : ":" + jid.device());
  }

  /// The address of a pair; what does not read as a device or agent stays part of the user.
  static Jid ofPair(String user, String server) {
    if (user.isEmpty() && server.equals(Jid.PN_SERVER)) {
      return Jid.WHATSAPP;
    }
    if (user.indexOf(':') < 0 && user.indexOf('_') < 0) {
      return Jid.of(user, server);
    }
    return Jid.parse(user + "@" + server).orElseGet(() -> Jid.of(user, server));
  }

  static boolean isMessenger(Jid jid) {
    return jid.server().equals(Jid.MESSENGER_SERVER)
        && jid.agent() == 0
        && jid.user().indexOf(':') < 0;
  }

  /// The number before the first `-` of an interop user, or null when the address is written as a pair.
  static @Nullable Integer integrator(Jid jid) {
    String user = jid.user();
    int dash = user.indexOf('-');
    if (!jid.server().equals(Jid.INTEROP_SERVER)
        || jid.agent() != 0
        || user.indexOf(':') >= 0
        || dash < 1
        || dash > 5) {
      return null;
    }
    int value = 0;
    for (int i = 0; i < dash; i++) {
      char c = user.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + c - '0';
    }
    boolean isCanonical = dash == 1 || user.charAt(0) != '0';
    return isCanonical && value <= 65_535 ? value : null;
  }
}
