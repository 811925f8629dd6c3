package wildcat.server.account;

import wildcat.client.event.AccountId;
import wildcat.client.message.OutgoingMessage;
import wildcat.protocol.jid.Jid;

/// The message that an administrator gets from each account when it is connected for the first time after
/// it was linked.
public record Announcement(Jid administrator) {
  OutgoingMessage of(AccountId account) {
    return OutgoingMessage.text(
        administrator, "\u2705 Account " + account + " connected successfully!");
  }

  @Override
  public String toString() {
    return "announcement";
  }
}
