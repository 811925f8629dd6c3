package wildcat.client.receipt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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

/// Takes `receipt` stanzas: moves the messages we sent forward to delivered, read, played, and notes who has
/// got that far. In a group a message stands where the foremost of its readers does. What another device of
/// ours has read is read here too.
///
/// A receipt for a message that still waits for the server's ack proves that it was sent, so it counts as
/// the ack. Source: whatsmeow receipt.go.
public final class ReceiptHandler implements StanzaHandler {
  static final int AT_ONCE = 256;

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
    if (ownReading(stanza)) {
      readElsewhere(stanza, exchange);
      return;
    }
    Optional<MessageStatus> status = status(stanza.text("type"));
    Optional<Jid> from = stanza.jid("from").filter(jid -> !jid.user().isEmpty());
    if (status.isEmpty() || from.isEmpty()) {
      Acks.acknowledge(stanza, exchange);
      return;
    }
    lids.learnFrom(stanza);
    Jid chat = from.get().withoutDevice();
    List<Noted> noted = noted(stanza, chat);
    // in slices: a receipt can name thousands of messages, and others want the ledger too
    for (int done = 0; done < noted.size() - AT_ONCE; done += AT_ONCE) {
      note(chat, status.get(), noted.subList(done, done + AT_ONCE));
    }
    int rest = noted.isEmpty() ? 0 : (noted.size() - 1) / AT_ONCE * AT_ONCE;
    answers.after(
        note(chat, status.get(), noted.subList(rest, noted.size())),
        _ -> Acks.acknowledge(stanza, exchange));
  }

  /// One message that has come further with one person.
  private record Noted(MessageId id, Jid person, Instant at) {}

  private Ledger.Submitted<UnitOfWork> note(Jid chat, MessageStatus status, List<Noted> some)
      throws StoreFailed, InterruptedException {
    return ledger.submit(work -> {
      Jid shown = lids.shown(chat);
      for (Noted noted : some) {
        advance(shown, noted, status, work);
      }
      return work;
    });
  }

  private List<Noted> noted(Node stanza, Jid chat) {
    Instant at = at(stanza);
    Optional<Jid> participant = stanza.jid("participant").filter(Jid::isUser);
    if (chat.isUser() || participant.isPresent()) {
      Jid person = participant.filter(_ -> !chat.isUser()).orElse(chat).withoutDevice();
      return ids(stanza).stream().map(id -> new Noted(id, person, at)).toList();
    }
    var noted = new ArrayList<Noted>();
    for (Node participants : stanza.children("participants")) {
      Optional<MessageId> id = id(participants.text("key"));
      for (Node user : participants.children("user")) {
        Optional<Jid> person = user.jid("jid").filter(Jid::isUser).map(Jid::withoutDevice);
        if (id.isPresent() && person.isPresent()) {
          Instant when = user.attribute("t").isPresent() ? at(user) : at;
          noted.add(new Noted(id.get(), person.get(), when));
        }
      }
    }
    return noted;
  }

  private Instant at(Node node) {
    return node.number("t")
        .filter(t -> t > 0 && t <= YEAR_9999)
        .map(Instant::ofEpochSecond)
        .orElse(ledger.now());
  }

  /// Whether another device of ours says what it has read.
  private boolean ownReading(Node stanza) throws StoreFailed {
    Optional<Jid> from = stanza.jid("from").filter(jid -> !jid.user().isEmpty());
    if (from.isEmpty()) {
      return false;
    }
    Optional<Jid> reader = from.get().isUser() ? from : stanza.jid("participant");
    return reader.isPresent()
        && own.isSelf(reader.get())
        && (!from.get().isUser() || stanza.attribute("recipient").isPresent());
  }

  private void readElsewhere(Node stanza, Exchange exchange)
      throws StoreFailed, InterruptedException {
    boolean read =
        switch (stanza.text("type")) {
          case "read", "read-self" -> true;
          default -> false;
        };
    Jid from = stanza.jid("from").orElseThrow();
    Optional<Jid> chat =
        from.isUser() ? stanza.jid("recipient").map(Jid::withoutDevice) : Optional.of(from);
    if (!read || chat.isEmpty()) {
      Acks.acknowledge(stanza, exchange);
      return;
    }
    List<MessageId> ids = ids(stanza);
    Ledger.Submitted<UnitOfWork> step =
        ledger.submit(work -> {
          Jid shown = lids.shown(chat.get());
          Optional<ChatMessage> newest = newest(shown, ids);
          if (newest.isPresent()) {
            MessageId upTo = newest.get().id();
            work.add(new Change.ReadChat(shown, upTo));
            work.add(ledger.event(new Event.ChatRead(shown, upTo)));
          }
          return work;
        });
    answers.after(step, _ -> Acks.acknowledge(stanza, exchange));
  }

  private Optional<ChatMessage> newest(Jid chat, List<MessageId> ids) throws StoreFailed {
    Optional<ChatMessage> newest = Optional.empty();
    for (MessageId id : ids) {
      Optional<ChatMessage> message = ledger.store().message(chat, id);
      if (message.isPresent()
          && (newest.isEmpty() || !message.get().timestamp().isBefore(newest.get().timestamp()))) {
        newest = message;
      }
    }
    return newest;
  }

  private static Optional<MessageStatus> status(String type) {
    return switch (type) {
      case "", "delivery", "inactive" -> Optional.of(MessageStatus.DELIVERED);
      case "read" -> Optional.of(MessageStatus.READ);
      case "played" -> Optional.of(MessageStatus.PLAYED);
      default -> Optional.empty();
    };
  }

  private static List<MessageId> ids(Node stanza) {
    var ids = new LinkedHashSet<MessageId>();
    id(stanza.text("id")).ifPresent(ids::add);
    for (Node item : stanza.child("list").map(Node::children).orElse(List.of())) {
      id(item.text("id")).ifPresent(ids::add);
    }
    return List.copyOf(ids);
  }

  private static Optional<MessageId> id(String id) {
    return id.isEmpty() || id.length() > MessageId.MAX_CHARACTERS
        ? Optional.empty()
        : Optional.of(new MessageId(id));
  }

  private void advance(Jid chat, Noted noted, MessageStatus status, UnitOfWork work)
      throws StoreFailed {
    MessageId id = noted.id();
    Optional<ChatMessage> message = ledger.store().message(chat, id).filter(ChatMessage::fromMe);
    if (message.isEmpty()) {
      return;
    }
    Jid person = lids.shown(noted.person());
    boolean further = message.get().status().compareTo(status) < 0;
    boolean news = chat.isUser() ? further : !covered(chat, id, person, status);
    if (!news) {
      return;
    }
    if (message.get().status() == MessageStatus.PENDING) {
      work.add(new Change.AdvanceMessage(chat, id, MessageStatus.SENT, Optional.empty()));
      work.add(ledger.event(new Event.MessageSent(message.get().withStatus(MessageStatus.SENT))));
    }
    if (further) {
      work.add(new Change.AdvanceMessage(chat, id, status, Optional.empty()));
    }
    work.add(new Change.NoteReceipt(chat, id, person, status, noted.at()));
    work.add(
        ledger.event(
            new Event.MessageStatusChanged(
                chat,
                id,
                status,
                noted.at(),
                Optional.empty(),
                chat.isUser() ? Optional.empty() : Optional.of(person))));
  }

  private boolean covered(Jid chat, MessageId id, Jid person, MessageStatus status)
      throws StoreFailed {
    return ledger
        .store()
        .receipt(chat, id, person)
        .map(receipt -> receipt.covers(status))
        .orElse(false);
  }
}
