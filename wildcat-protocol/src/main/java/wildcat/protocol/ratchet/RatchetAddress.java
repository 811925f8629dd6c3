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

  /// The text a store keys its rows by, for example `100000012345678:7@lid`.
  public String key() {
    return jid.toString();
  }
}
