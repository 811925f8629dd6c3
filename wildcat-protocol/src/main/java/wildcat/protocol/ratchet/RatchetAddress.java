package wildcat.protocol.ratchet;

import wildcat.protocol.jid.Jid;

/// Whose ratchet: one device of one user. A user whose lid is known is always addressed by the lid.
///
/// @param jid a user's device, without agent
public record RatchetAddress(Jid jid) {
  public RatchetAddress {
    if (!jid.isUser() || jid.user().isEmpty() || jid.agent() != 0) {
      throw new IllegalArgumentException("not a device of a user: " + jid.server());
    }
  }

  /// The same device under the user's other form.
  public RatchetAddress under(Jid user) {
    String server = jid.server().startsWith(Jid.HOSTED_SERVER) ? hosted(user) : user.server();
    return new RatchetAddress(new Jid(user.user(), 0, jid.device(), server));
  }

  private static String hosted(Jid user) {
    return user.isLid() ? Jid.HOSTED_LID_SERVER : Jid.HOSTED_SERVER;
  }

  /// The text a store keys its rows by, for example `100000012345678:7@lid`.
  public String key() {
    return jid.toString();
  }
}
