package wildcat.client.message;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageStatus;
import wildcat.client.session.Acks;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.proto.DeviceSentMessage;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.CannotDecrypt.Reason;
import wildcat.protocol.ratchet.Padding;
import wildcat.protocol.ratchet.Ratchet;

/// One message being read: every ciphertext of its stanza in order, what it changes, what it is worth.
/// Lives within one step of the [Ledger].
final class Reading {
  private final Ratchets ratchets;
  private final Ledger ledger;
  private final LidMap lids;
  private final RetryRequests retries;
  private final Node stanza;
  private final MessageSource source;

  /// What the ciphertexts read so far amount to; the first that says anything decides.
  private Optional<Verdict> verdict = Optional.empty();

  /// Whether a message has come out of it: a stanza is one message, however many ciphertexts it has.
  private boolean taken;

  private boolean learned;

  Reading(Ratchets ratchets, RetryRequests retries, Node stanza, MessageSource source) {
    this.ratchets = ratchets;
    this.ledger = ratchets.ledger();
    this.lids = ratchets.lids();
    this.retries = retries;
    this.stanza = stanza;
    this.source = source;
  }

  Verdict run(UnitOfWork work) throws StoreFailed {
    boolean recognised = false;
    for (Node enc : stanza.children()) {
      if (!enc.is("enc")) {
        continue;
      }
      Bytes ciphertext = enc.bytes().orElse(Bytes.empty());
      Bytes hash = Bytes.wrap(MessageIds.sha256(ciphertext.toArray()));
      switch (enc.text("type")) {
        case "pkmsg" -> direct(enc, Ratchet.Kind.PRE_KEY_MESSAGE, ciphertext, hash, work);
        case "msg" -> direct(enc, Ratchet.Kind.MESSAGE, ciphertext, hash, work);
        case "skmsg" -> bySenderKey(hash, work);
        default -> {
          continue;
        }
      }
      recognised = true;
      if (verdict.isPresent() && verdict.get() instanceof Verdict.Undecryptable) {
        break;
      }
    }
    return recognised
        ? verdict.orElse(new Verdict.Received(receiptType()))
        : new Verdict.Refused(Acks.UNRECOGNISED);
  }

  private void direct(Node enc, Ratchet.Kind kind, Bytes ciphertext, Bytes hash, UnitOfWork work)
      throws StoreFailed {
    Jid sender = ratchets.address(source.sender()).jid();
    if (ledger.store().knowsCiphertext(sender, source.id(), hash)) {
      return;
    }
    switch (ratchets.open(source.sender(), kind, ciphertext, work)) {
      case Ratchets.Outcome.Failed(Reason reason) -> {
        if (reason != Reason.DUPLICATE) {
          undecryptable(enc, hash, reason, work);
        }
      }
      case Ratchets.Outcome.Opened(Bytes padded) -> {
        work.add(new Change.RememberCiphertext(sender, source.id(), hash));
        opened(enc, hash, padded, work);
      }
    }
  }

  private void opened(Node enc, Bytes hash, Bytes padded, UnitOfWork work) throws StoreFailed {
    byte[] content;
    try {
      content = enc.text("v").equals("3") ? padded.toArray() : Padding.unpad(padded.toArray());
    } catch (CannotDecrypt e) {
      undecryptable(enc, hash, e.reason(), work);
      return;
    }
    Message message;
    try {
      message = Message.parseFrom(content);
    } catch (InvalidProtocolBufferException _) {
      tellUndecryptable(Reason.MALFORMED, RetryRequests.LIMIT, work);
      verdict = Optional.of(new Verdict.Refused(Acks.INVALID_PROTOBUF));
      return;
    }
    if (message.hasDeviceSentMessage()) {
      fromOtherDevice(message.getDeviceSentMessage(), work);
    } else {
      take(message, Bytes.wrap(content), source.chat(), work);
    }
  }

  /// What another device of ours has sent, and to whom. From anybody else it is a forgery: nobody but our
  /// own devices may say what we have written.
  private void fromOtherDevice(DeviceSentMessage sent, UnitOfWork work) throws StoreFailed {
    if (source.fromMe()) {
      Jid chat =
          Jid.parse(sent.getDestinationJid())
              .filter(jid -> !jid.user().isEmpty())
              .map(Jid::withoutDevice)
              .orElse(source.chat());
      take(sent.getMessage(), Bytes.wrap(sent.getMessage().toByteArray()), chat, work);
    }
  }

  private void take(Message message, Bytes content, Jid chat, UnitOfWork work) throws StoreFailed {
    if (PeerMessages.isPeer(message)) {
      if (source.fromMe()) {
        List<Change> mappings = PeerMessages.changes(message, source, lids);
        mappings.forEach(work::add);
        learned = !mappings.isEmpty();
        verdict = Optional.of(new Verdict.Received(PeerMessages.receiptType(message)));
      }
      return;
    }
    Jid shownChat = lids.shown(chat);
    MessageContent parts = MessageContent.of(message, shownChat, lids);
    if (parts.type().equals(MessageContent.NONE)) {
      return;
    }
    Jid sender = lids.shown(source.sender());
    Optional<ChatMessage> known = ledger.store().message(shownChat, source.id());
    if (taken || (known.isPresent() && known.get().sender().equals(sender))) {
      return;
    }
    taken = true;
    var received =
        new ChatMessage(
            shownChat,
            source.id(),
            sender,
            source.fromMe(),
            source.sentAt(),
            source.pushName(),
            parts.type(),
            parts.text(),
            parts.quote(),
            parts.mentions(),
            parts.forwarded(),
            source.fromMe() ? MessageStatus.SENT : MessageStatus.RECEIVED,
            source.origin(),
            content,
            Marks.NONE);
    work.add(new Change.AddMessage(received));
    work.add(
        ledger.event(
            source.fromMe()
                ? new Event.MessageSent(received)
                : new Event.MessageReceived(received)));
  }

  /// A group's message. Its ciphertext is remembered although it was not read: the event comes once.
  private void bySenderKey(Bytes hash, UnitOfWork work) throws StoreFailed {
    Jid sender = ratchets.address(source.sender()).jid();
    if (!ledger.store().knowsCiphertext(sender, source.id(), hash)) {
      work.add(new Change.RememberCiphertext(sender, source.id(), hash));
      tellUndecryptable(Reason.NO_RATCHET, RetryRequests.LIMIT, work);
    }
    verdict = Optional.of(new Verdict.Done());
  }

  private void undecryptable(Node enc, Bytes hash, Reason reason, UnitOfWork work)
      throws StoreFailed {
    RetryRequests.Failure failure = retries.failure(source, hash, enc.number("count").orElse(0L));
    if (!failure.repeated()) {
      tellUndecryptable(reason, failure.count(), work);
    }
    Optional<Node> retry =
        failure.asks()
            ? Optional.of(retries.receipt(stanza, failure, reason, work))
            : Optional.empty();
    verdict = Optional.of(new Verdict.Undecryptable(failure, retry));
  }

  private void tellUndecryptable(Reason reason, int attempts, UnitOfWork work) throws StoreFailed {
    work.add(
        ledger.event(
            new Event.MessageUndecryptable(
                lids.shown(source.chat()),
                lids.shown(source.sender()),
                source.id(),
                reason.name(),
                attempts)));
  }

  /// Whether the map of lids changes with the commit.
  boolean hasLearned() {
    return learned;
  }

  private String receiptType() {
    if (source.peer()) {
      return "peer_msg";
    }
    return source.fromMe() ? "sender" : "";
  }
}
