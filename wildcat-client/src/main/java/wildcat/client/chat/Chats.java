package wildcat.client.chat;

import java.util.function.UnaryOperator;
import wildcat.client.device.LidMap;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Event;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;

/// Arranges chats: archived, pinned, muted, marked as unread. Kept in our store; the phone is not told.
/// Thread-safe.
public final class Chats {
  private final Ledger ledger;
  private final LidMap lids;

  public Chats(Ledger ledger, LidMap lids) {
    this.ledger = ledger;
    this.lids = lids;
  }

  /// @param change what is to be set, from what is
  /// @return as they are now
  public ChatSettings arrange(Jid chat, UnaryOperator<ChatSettings> change)
      throws StoreFailed, InterruptedException {
    return ledger.step(work -> {
      Jid shown = lids.shown(chat);
      ChatSettings before = ledger.store().chatSettings(shown);
      ChatSettings after = change.apply(before);
      if (!after.equals(before)) {
        work.add(new Change.PutChatSettings(shown, after));
        work.add(ledger.event(new Event.ChatChanged(shown, after)));
      }
      return after;
    });
  }

  /// Until the chat is read again.
  public void markUnread(Jid chat) throws StoreFailed, InterruptedException {
    var _ =
        ledger.step(work -> {
          Jid shown = lids.shown(chat);
          work.add(new Change.MarkUnread(shown, true));
          work.add(ledger.event(new Event.ChatMarkedUnread(shown)));
          return work;
        });
  }
}
