package wildcat.client.receipt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Tells the authors of messages, and our own other devices, that we have read or played them. Thread-safe.
///
/// Source: whatsmeow receipt.go (MarkRead), Baileys messages-send.ts (sendReceipt, readMessages).
public final class ReadReceipts {
  /// So many messages are confirmed by one stanza.
  static final int IDS_PER_RECEIPT = 256;

  /// So many of a chat at a time; older ones count as read without a receipt.
  static final int MAX_MESSAGES = 2_000;

  private final Ledger ledger;
  private final LidMap lids;
  private final ReadReceiptPrivacy privacy;

  public ReadReceipts(Ledger ledger, LidMap lids, ReadReceiptPrivacy privacy) {
    this.ledger = ledger;
    this.lids = lids;
    this.privacy = privacy;
  }

  /// Marks a chat as read: receipts for all messages of others that were unread, then our own note of it.
  ///
  /// @param upTo the last message read; empty: all there are
  /// @return how many messages were unread; 0 too when `upTo` is not one of them
  /// @throws RequestFailed nothing is marked as read; some receipts may have left
  public int read(Jid chat, Optional<MessageId> upTo, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    Jid shown = lids.shown(chat);
    List<ChatMessage> unread = ledger.store().unread(shown, MAX_MESSAGES);
    List<ChatMessage> read =
        upTo.isEmpty()
            ? unread
            : unread.stream().dropWhile(message -> !message.id().equals(upTo.get())).toList();
    if (read.isEmpty()) {
      unmark(shown, upTo);
      return 0;
    }
    send(shown, read, "read", exchange);
    MessageId last = read.getFirst().id();
    ledger.commit(new Change.ReadChat(shown, last), ledger.event(new Event.ChatRead(shown, last)));
    return read.size();
  }

  /// A chat without unread messages may still bear the user's mark.
  private void unmark(Jid chat, Optional<MessageId> upTo) throws StoreFailed, InterruptedException {
    if (upTo.isEmpty()) {
      ledger.commit(new Change.MarkUnread(chat, false));
    } else if (ledger.store().message(chat, upTo.get()).isPresent()) {
      ledger.commit(new Change.ReadChat(chat, upTo.get()));
    }
  }

  /// Tells the author that a voice note or view-once message was played.
  public void played(ChatMessage message, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    send(message.chat(), List.of(message), "played", exchange);
  }

  private void send(Jid chat, List<ChatMessage> messages, String type, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    String told = privacy.mayBeSeen(exchange) ? type : type + "-self";
    var byAuthor = new LinkedHashMap<Jid, List<MessageId>>();
    for (ChatMessage message : messages.reversed()) {
      byAuthor.computeIfAbsent(message.sender(), _ -> new ArrayList<>()).add(message.id());
    }
    for (Map.Entry<Jid, List<MessageId>> author : byAuthor.entrySet()) {
      List<MessageId> ids = author.getValue();
      for (int from = 0; from < ids.size(); from += IDS_PER_RECEIPT) {
        List<MessageId> some = ids.subList(from, Math.min(from + IDS_PER_RECEIPT, ids.size()));
        Node receipt =
            receipt(some, told)
                .with("to", lids.lidOrSame(chat))
                .with("t", ledger.now().getEpochSecond());
        exchange.send(
            chat.isUser() ? receipt : receipt.with("participant", lids.lidOrSame(author.getKey())));
      }
    }
  }

  static Node receipt(List<MessageId> ids, String type) {
    Node receipt = Node.of("receipt").with("id", ids.getFirst().value()).with("type", type);
    if (ids.size() == 1) {
      return receipt;
    }
    List<Node> more =
        ids.subList(1, ids.size()).stream()
            .map(id -> Node.of("item").with("id", id.value()))
            .toList();
    return receipt.containing(Node.of("list").containing(more));
  }
}
