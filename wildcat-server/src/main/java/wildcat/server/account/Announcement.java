package wildcat.server.account;

import wildcat.client.event.AccountId;
import wildcat.client.message.OutgoingText;
import wildcat.protocol.jid.Jid;

/// The message that an administrator gets from each account when it is connected for the first time after
/// it was linked.
public record Announcement(Jid administrator) {
  OutgoingText of(AccountId account) {
    return OutgoingText.of(administrator, "\u2705 Account " + account + " connected successfully!");
  }

  @Override
  public String toString() {
    return "announcement";
  }
}
