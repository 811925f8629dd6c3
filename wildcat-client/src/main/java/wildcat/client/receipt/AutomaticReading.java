package wildcat.client.receipt;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.AccountId;
import wildcat.client.event.Event;
import wildcat.client.session.AccountThread;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;

/// Marks chats as read as soon as something has come into them, where that is wanted. Thread-safe.
///
/// What comes while a chat is being read is read with the next round, so a flood costs few receipts. What
/// could not be read because the connection was lost stays unread until the next message of that chat.
public final class AutomaticReading {
  private static final Logger log = LoggerFactory.getLogger(AutomaticReading.class);

  private final AccountId account;
  private final ReadReceipts receipts;
  private final AccountThread thread;
  private final Set<Jid> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean wanted;

  public AutomaticReading(AccountId account, ReadReceipts receipts) {
    this.account = account;
    this.receipts = receipts;
    this.thread = new AccountThread(account, "reading of");
  }

  public void want(boolean automatically) {
    wanted = automatically;
  }

  /// Takes notice of an event of the account; does not block.
  public void on(Event event, Exchange exchange) {
    if (wanted
        && event instanceof Event.MessageReceived(var message)
        && !message.isAction()
        && waiting.add(message.chat())) {
      thread.execute(() -> read(message.chat(), exchange));
    }
  }

  private void read(Jid chat, Exchange exchange) {
    waiting.remove(chat);
    try {
      var _ = receipts.read(chat, Optional.empty(), exchange);
    } catch (RequestFailed | StoreFailed e) {
      log.atDebug()
          .addKeyValue("account", account)
          .log("a chat was not read: {}", e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
