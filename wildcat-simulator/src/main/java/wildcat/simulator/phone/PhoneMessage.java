package wildcat.simulator.phone;

import java.time.Instant;
import wildcat.protocol.jid.Jid;

/// A message a phone has decrypted.
///
/// @param from pn of the sending device
/// @param to pn of the user or the group it went to; for a message to this phone its own pn
/// @param kind name of the content (`conversation`, `reactionMessage`)
/// @param text the text; "" for other kinds
public record PhoneMessage(String id, Jid from, Jid to, String kind, String text, Instant sentAt) {

  /// The sizes only: content is private.
  @Override
  public String toString() {
    return "message " + id + " of " + text.length() + " characters";
  }
}
