package wildcat.client.message;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.prekey.PreKeyPool;
import wildcat.client.session.Acks;
import wildcat.client.session.Answers;
import wildcat.client.session.Exchange;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Takes `message` stanzas: decrypts, commits, then tells server and sender.
///
/// Ratchet step, message and event are one commit; only after it a receipt or ack leaves, while the next
/// stanza is read already. A stanza that comes again is recognised by its ciphertext, or as an old counter by the ratchet, and confirmed again
/// without an event. Messages encrypted with a group's sender key cannot be read by this version: each is
/// told once as undecryptable and acknowledged, so that the queue goes on.
/// Source: whatsmeow message.go, Baileys messages-recv.ts.
public final class MessageReceiver implements StanzaHandler {
  private static final Logger log = LoggerFactory.getLogger(MessageReceiver.class);

  private final Ratchets ratchets;
  private final Ledger ledger;
  private final OwnDevice own;
  private final LidMap lids;
  private final RetryRequests retries;
  private final Answers answers;

  public MessageReceiver(Ratchets ratchets, PreKeyPool preKeys, Answers answers) {
    this.ratchets = ratchets;
    this.ledger = ratchets.ledger();
    this.own = ratchets.own();
    this.lids = ratchets.lids();
    this.retries = new RetryRequests(own, preKeys);
    this.answers = answers;
  }

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    Optional<Jid> from = stanza.jid("from");
    if (from.isPresent() && from.get().server().equals(Jid.NEWSLETTER_SERVER)) {
      Acks.acknowledge(stanza, exchange);
      return;
    }
    Optional<MessageSource> source = MessageSource.parse(stanza, own, ledger.now());
    if (source.isEmpty()) {
      log.atWarn().addKeyValue("account", ledger.store().account()).log("message without address");
      Acks.send(Acks.of(stanza, Acks.UNPARSABLE), exchange);
      return;
    }
    lids.learnFrom(stanza);
    if (stanza.child("unavailable").isPresent()) {
      Acks.acknowledge(stanza, exchange);
      return;
    }
    var reading = new Reading(ratchets, retries, stanza, source.get());
    Ledger.Submitted<Verdict> read = ledger.submit(reading::run);
    if (reading.hasLearned()) {
      read.await();
      lids.refresh();
    }
    if (read.result() instanceof Verdict.Undecryptable) {
      read.await(); // the next stanza may fail for the same reason and must find this one noted
      answer(stanza, read.result(), exchange);
    } else {
      answers.after(read, verdict -> answer(stanza, verdict, exchange));
    }
  }

  private void answer(Node stanza, Verdict verdict, Exchange exchange) {
    switch (verdict) {
      case Verdict.Received(String type) -> Acks.send(Receipts.of(stanza, type), exchange);
      case Verdict.Done() -> Acks.acknowledge(stanza, exchange);
      case Verdict.Refused(int error) -> Acks.send(Acks.of(stanza, error), exchange);
      case Verdict.Undecryptable(RetryRequests.Failure failure, Optional<Node> retry) -> {
        retries.remember(failure);
        retry.ifPresent(receipt -> Acks.send(receipt, exchange));
        Acks.acknowledge(stanza, exchange);
      }
    }
  }
}
