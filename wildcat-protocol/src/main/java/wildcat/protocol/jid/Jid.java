package wildcat.protocol.jid;

import java.util.Optional;

/// The address of a user, a device of a user, a group or a service: `user[_agent][:device]@server`.
///
/// A user has two: the phone-number form (*pn*, `15551234567@s.whatsapp.net`) and the hidden form
/// (*lid*, `100000012345678@lid`); a device number means the same device in both. Device 0 is the phone.
/// Source: protocol notes 02, section 6 (whatsmeow types/jid.go, Baileys WABinary/jid-utils.ts).
///
/// @param user without `@`; empty for a server itself; an interop user contains its integrator (`5-1234567890`)
/// @param agent the legacy agent number, 0 to 255; 0 nearly always
/// @param device 0 to 65535; 0 is the primary phone
/// @param server never empty, without `@`
public record Jid(String user, int agent, int device, String server) {
  public static final String PN_SERVER = "s.whatsapp.net";
  public static final String LID_SERVER = "lid";
  public static final String GROUP_SERVER = "g.us";
  public static final String BROADCAST_SERVER = "broadcast";
  public static final String NEWSLETTER_SERVER = "newsletter";
  public static final String HOSTED_SERVER = "hosted";
  public static final String HOSTED_LID_SERVER = "hosted.lid";
  public static final String LEGACY_USER_SERVER = "c.us";
  public static final String MESSENGER_SERVER = "msgr";
  public static final String INTEROP_SERVER = "interop";

  /// WhatsApp itself, the addressee of most requests.
  public static final Jid WHATSAPP = new Jid("", 0, 0, PN_SERVER);

  /// The group service.
  public static final Jid GROUPS = new Jid("", 0, 0, GROUP_SERVER);

  public static final Jid STATUS = new Jid("status", 0, 0, BROADCAST_SERVER);

  public Jid {
    if (server.isEmpty()) {
      throw new IllegalArgumentException("a jid needs a server");
    }
    if (user.indexOf('@') >= 0 || server.indexOf('@') >= 0) {
      throw new IllegalArgumentException("a part of a jid has no @");
    }
    if (agent < 0 || agent > 255) {
      throw new IllegalArgumentException("agent " + agent + " is not within 0..255");
    }
    if (device < 0 || device > 65_535) {
      throw new IllegalArgumentException("device " + device + " is not within 0..65535");
    }
  }

  public static Jid of(String user, String server) {
    return new Jid(user, 0, 0, server);
  }

  public static Jid pn(String digits) {
    return of(digits, PN_SERVER);
  }

  public static Jid lid(String digits) {
    return of(digits, LID_SERVER);
  }

  public static Jid group(String id) {
    return of(id, GROUP_SERVER);
  }

  /// Reads the text form. Empty when `text` is not an address.
  public static Optional<Jid> parse(String text) {
    int at = text.indexOf('@');
    if (at < 0 || at == text.length() - 1 || text.indexOf('@', at + 1) >= 0) {
      return Optional.empty();
    }
    String server = text.substring(at + 1);
    String user = text.substring(0, at);
    int device = 0;
    int agent = 0;
    int colon = user.indexOf(':');
    if (colon >= 0) {
      device = number(user.substring(colon + 1), 65_535);
      user = user.substring(0, colon);
    }
    int underscore = user.indexOf('_');
    if (underscore >= 0) {
      agent = number(user.substring(underscore + 1), 255);
      user = user.substring(0, underscore);
    }
    return device < 0 || agent < 0
        ? Optional.empty()
        : Optional.of(new Jid(user, agent, device, server));
  }

  private static int number(String digits, int max) {
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int value = Integer.parseInt(digits);
    return value <= max ? value : -1;
  }

  public Jid withDevice(int number) {
    return new Jid(user, agent, number, server);
  }

  /// The user this device belongs to: without device and agent.
  public Jid withoutDevice() {
    return device == 0 && agent == 0 ? this : of(user, server);
  }

  public boolean isPn() {
    return server.equals(PN_SERVER) || server.equals(HOSTED_SERVER);
  }

  public boolean isLid() {
    return server.equals(LID_SERVER) || server.equals(HOSTED_LID_SERVER);
  }

  /// A person (or WhatsApp itself), in either form.
  public boolean isUser() {
    return isPn() || isLid();
  }

  public boolean isGroup() {
    return server.equals(GROUP_SERVER);
  }

  public boolean isSameUser(Jid other) {
    return user.equals(other.user) && server.equals(other.server);
  }

  /// The text form; device and agent appear only when they are not 0.
  @Override
  public String toString() {
    return user
        + (agent == 0 ? "" : "_" + agent)
        + (device == 0 ? "" : ":" + device)
        + "@"
        + server;
  }
}
