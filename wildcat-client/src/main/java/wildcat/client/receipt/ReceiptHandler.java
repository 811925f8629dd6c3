package wildcat.client.receipt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.session.Acks;
import wildcat.client.session.Answers;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Takes `receipt` stanzas: moves the messages we sent forward to delivered, read, played.
///
/// A receipt for a message that still waits for the server's ack proves that it was sent, so it counts as
/// the ack. Source: whatsmeow receipt.go.
public final class ReceiptHandler implements StanzaHandler {
  private static final long YEAR_9999 = 253_402_300_799L;

  private final Ledger ledger;
  private final OwnDevice own;
  private final LidMap lids;
  private final StanzaHandler retries;
  private final Answers answers;

  /// @param retries takes the receipts of type `retry`
  public ReceiptHandler(
      Ledger ledger, OwnDevice own, LidMap lids, StanzaHandler retries, Answers answers) {
    this.ledger = ledger;
    this.own = own;
    this.lids = lids;
    this.retries = retries;
    this.answers = answers;
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    if (stanza.text("type").equals("retry")) {
      retries.handle(stanza, exchange);
      return;
    }
    Optional<MessageStatus> status = status(stanza.text("type"));
    Optional<Jid> chat = chat(stanza);
    if (status.isEmpty() || chat.isEmpty()) {
      Acks.acknowledge(stanza, exchange);
      return;
    }
    Instant at =
        stanza
            .number("t")
            .filter(t -> t > 0 && t <= YEAR_9999)
            .map(Instant::ofEpochSecond)
            .orElse(ledger.now());
    List<MessageId> ids = ids(stanza);
    Ledger.Submitted<UnitOfWork> step =
        ledger.submit(work -> {
          Jid shown = lids.shown(chat.get());
          for (MessageId id : ids) {
            advance(shown, id, status.get(), at, work);
          }
          return work;
        });
    answers.after(step, _ -> Acks.acknowledge(stanza, exchange));
  }

  private static Optional<MessageStatus> status(String type) {
    return switch (type) {
      case "", "delivery", "inactive" -> Optional.of(MessageStatus.DELIVERED);
      case "read" -> Optional.of(MessageStatus.READ);
      case "played" -> Optional.of(MessageStatus.PLAYED);
      default -> Optional.empty();
    };
  }

  /// The chat whose messages are meant; empty when another device of ours says what we have read.
  private Optional<Jid> chat(Node stanza) throws StoreFailed {
    Optional<Jid> from = stanza.jid("from").filter(jid -> !jid.user().isEmpty());
    if (from.isPresent() && own.isSelf(from.get()) && stanza.attribute("recipient").isPresent()) {
      return Optional.empty();
    }
    return from.map(Jid::withoutDevice);
  }

  private static List<MessageId> ids(Node stanza) {
    var ids = new ArrayList<MessageId>();
    add(stanza.text("id"), ids);
    for (Node item : stanza.child("list").map(Node::children).orElse(List.of())) {
      add(item.text("id"), ids);
    }
    return ids;
  }

  private static void add(String id, List<MessageId> ids) {
    if (!id.isEmpty() && id.length() <= MessageId.MAX_CHARACTERS) {
      ids.add(new MessageId(id));
    }
  }

  private void advance(Jid chat, MessageId id, MessageStatus status, Instant at, UnitOfWork work)
      throws StoreFailed {
    Optional<ChatMessage> message = ledger.store().message(chat, id).filter(ChatMessage::fromMe);
    if (message.isEmpty() || message.get().status().compareTo(status) >= 0) {
      return;
    }
    if (message.get().status() == MessageStatus.PENDING) {
      work.add(new Change.AdvanceMessage(chat, id, MessageStatus.SENT, Optional.empty()));
      work.add(ledger.event(new Event.MessageSent(message.get().withStatus(MessageStatus.SENT))));
    }
    work.add(new Change.AdvanceMessage(chat, id, status, Optional.empty()));
    work.add(ledger.event(new Event.MessageStatusChanged(chat, id, status, at, Optional.empty())));
  }
}
