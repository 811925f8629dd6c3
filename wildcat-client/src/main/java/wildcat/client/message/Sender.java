package wildcat.client.message;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.device.Devices;
import wildcat.client.device.Devices.Recipient;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.Event;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.session.Exchange;
import wildcat.client.session.NotConnected;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.session.Rejected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.client.time.Timers;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Sends messages: finds the devices, encrypts for each, commits, delivers. Thread-safe; several sends run
/// at once, one per message id.
///
/// A message is on disk as pending, together with the ratchet steps, before its stanza leaves; the
/// server's ack makes it sent. What happens in between is mended by sending it again under the same id,
/// encrypted anew: server and recipients know the id.
/// Source: whatsmeow send.go, whose reactions to the ack's attributes are these.
public final class Sender {
  /// Older pending messages are not sent any more after a login, but failed.
  static final Duration MAX_AGE = Duration.ofHours(24);

  /// Waits before a message is tried again that the server could not take at the moment (503).
  static final List<Duration> BUSY_WAITS = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

  private static final int UNAVAILABLE = 503;
  private static final int UNKNOWN_RECIPIENT = 404;
  private static final int INVALID_STANZA = 479;
  private static final int NO_KEYS = 406;
  private static final int MAX_RESENT = 1_000;
  private static final Logger log = LoggerFactory.getLogger(Sender.class);

  private final Ratchets ratchets;
  private final Devices devices;
  private final Timers timers;
  private final RandomGenerator random;
  private final Fanout fanout;

  /// The messages somebody is sending now; opened when he is done.
  private final ConcurrentHashMap<MessageId, CountDownLatch> underWay = new ConcurrentHashMap<>();

  public Sender(Ratchets ratchets, Devices devices, Timers timers, RandomGenerator random) {
    this.ratchets = ratchets;
    this.devices = devices;
    this.timers = timers;
    this.random = random;
    this.fanout = new Fanout(ratchets, devices, random);
  }

  /// Sends a message to all devices of a user and to our own other devices; returns when the server has
  /// acknowledged it.
  ///
  /// With the id of an earlier message nothing new is sent: that message is answered, after another
  /// attempt if it is still pending.
  ///
  /// @return the message as stored; SENT or beyond, or FAILED when its id is that of a failed one
  /// @throws NotConnected nothing was stored or sent
  /// @throws OutcomeUnknown the message may have arrived. If its id was to be `wanted.id()`, send it again
  ///     with that; in any case [#resendUnacknowledged] does so if it was stored
  /// @throws Rejected not on WhatsApp (404), or refused by the server: then it is stored as FAILED
  public ChatMessage send(OutgoingMessage wanted, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    if (!wanted.to().isUser()) {
      throw new IllegalArgumentException(
          "messages go to users only, not to " + wanted.to().server());
    }
    MessageId id = wanted.id().isPresent() ? wanted.id().get() : newId();
    return alone(
        id,
        () -> {
          Optional<ChatMessage> earlier = stored(wanted.to(), id);
          if (earlier.isPresent() && earlier.get().status() != MessageStatus.PENDING) {
            return earlier.get();
          }
          Recipient recipient = recipient(wanted.to(), earlier.isEmpty(), exchange);
          return earlier.isPresent()
              ? transmit(earlier.get(), recipient, false, exchange)
              : transmit(message(wanted, id, recipient), recipient, true, exchange);
        });
  }

  /// Sends what was committed but never acknowledged, with the same ids, encrypted anew. To be called
  /// after each login on a thread of its own: it waits for the server's acknowledgements.
  ///
  /// What cannot be sent this time stays pending; it returns early when the connection is lost.
  public void resendUnacknowledged(Exchange exchange) throws StoreFailed, InterruptedException {
    for (ChatMessage pending : ratchets.ledger().store().unacknowledged(MAX_RESENT)) {
      try {
        alone(pending.id(), () -> resend(pending, exchange));
      } catch (RequestFailed e) {
        if (e instanceof NotConnected || e.getCause() instanceof NotConnected) {
          return;
        }
        log.atInfo()
            .addKeyValue("account", ratchets.ledger().store().account())
            .addKeyValue("message", pending.id())
            .log("pending message not sent: {}", e.getMessage());
      }
    }
  }

  private ChatMessage resend(ChatMessage pending, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    Optional<ChatMessage> current = stored(pending.chat(), pending.id());
    if (current.isEmpty() || current.get().status() != MessageStatus.PENDING) {
      return pending; // somebody else has sent it meanwhile
    }
    ChatMessage message = current.get();
    if (message.timestamp().plus(MAX_AGE).isBefore(ratchets.ledger().now())) {
      failed(message, Optional.empty());
      return message;
    }
    Recipient recipient;
    try {
      recipient = devices.find(message.chat(), exchange);
    } catch (Rejected e) {
      failed(message, Optional.of(e.code()));
      throw e;
    }
    return transmit(message, recipient, false, exchange);
  }

  /// Encrypts, commits and delivers.
  ///
  /// @param fresh not on disk yet
  private ChatMessage transmit(
      ChatMessage message, Recipient recipient, boolean fresh, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    boolean stored = !fresh;
    for (int attempt = 0; ; attempt++) {
      Fanout.Ready ready =
          stored
              ? preparedAgain(message, recipient, exchange)
              : preparedFirst(message, recipient, exchange);
      stored = true;
      try {
        return accepted(message, ready, exchange.deliver(ready.stanza()));
      } catch (NotConnected e) {
        throw new OutcomeUnknown(
            "the connection was lost; the message is sent after the next login", e);
      } catch (Rejected e) {
        if (e.code() != UNAVAILABLE || attempt == BUSY_WAITS.size()) {
          refused(message, recipient, e.code());
          throw e;
        }
      }
      pause(BUSY_WAITS.get(attempt));
    }
  }

  private Recipient recipient(Jid user, boolean fresh, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    try {
      return devices.find(user, exchange);
    } catch (OutcomeUnknown e) {
      throw fresh ? nothingSent(e) : e;
    }
  }

  private Fanout.Ready preparedFirst(ChatMessage message, Recipient recipient, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    try {
      return fanout.prepare(message, recipient, true, exchange);
    } catch (OutcomeUnknown e) {
      throw nothingSent(e);
    } catch (Rejected e) {
      if (isUnreachable(e)) {
        devices.forget(recipient.address());
      }
      throw e;
    }
  }

  private Fanout.Ready preparedAgain(ChatMessage message, Recipient recipient, Exchange exchange)
      throws RequestFailed, StoreFailed, InterruptedException {
    try {
      return fanout.prepare(message, recipient, false, exchange);
    } catch (NotConnected e) {
      throw new OutcomeUnknown(
          "the connection was lost; the message is sent after the next login", e);
    } catch (Rejected e) {
      if (isUnreachable(e)) {
        devices.forget(recipient.address());
        failed(message, Optional.of(e.code()));
      }
      throw e;
    }
  }

  private static boolean isUnreachable(Rejected e) {
    return e.code() == UNKNOWN_RECIPIENT || e.code() == NO_KEYS;
  }

  /// What was asked on the way to the message is not the message.
  private static NotConnected nothingSent(OutcomeUnknown e) {
    return new NotConnected("the server did not answer a query: " + e.getMessage());
  }

  private ChatMessage accepted(ChatMessage message, Fanout.Ready ready, Node ack)
      throws StoreFailed, InterruptedException {
    Ledger ledger = ratchets.ledger();
    Instant at = Times.ofSeconds(ack.number("t"), ledger.now());
    ChatMessage result =
        ledger.step(work -> {
          ChatMessage current = stored(message.chat(), message.id()).orElse(message);
          ChatMessage timed = current.withTimestamp(at);
          work.add(
              new Change.AdvanceMessage(
                  timed.chat(), timed.id(), MessageStatus.SENT, Optional.of(at)));
          if (timed.status().compareTo(MessageStatus.SENT) >= 0) {
            return timed; // a receipt was faster than the ack and has told of it
          }
          ChatMessage sent = timed.withStatus(MessageStatus.SENT);
          work.add(ledger.event(new Event.MessageSent(sent)));
          return sent;
        });
    Optional<String> hash = ack.attribute("phash");
    if (hash.isPresent() && !hash.get().equals(ready.hash())) {
      devices.hashDiffers(ready.recipient().address(), hash.get());
    }
    if (ack.text("refresh_lid").equals("true")) {
      devices.lidIsOutdated(ready.recipient().pn().orElse(ready.recipient().address()));
    }
    return result;
  }

  private void refused(ChatMessage message, Recipient recipient, int code)
      throws StoreFailed, InterruptedException {
    failed(message, Optional.of(code));
    if (code == UNKNOWN_RECIPIENT || code == INVALID_STANZA) {
      devices.forget(recipient.address());
      devices.forget(ratchets.own().lid());
    }
  }

  private void failed(ChatMessage message, Optional<Integer> code)
      throws StoreFailed, InterruptedException {
    Ledger ledger = ratchets.ledger();
    ledger.step(work -> {
      Optional<ChatMessage> current =
          stored(message.chat(), message.id()).filter(m -> m.status() == MessageStatus.PENDING);
      if (current.isPresent()) {
        Jid chat = current.get().chat();
        work.add(
            new Change.AdvanceMessage(chat, message.id(), MessageStatus.FAILED, Optional.empty()));
        work.add(
            ledger.event(
                new Event.MessageStatusChanged(
                    chat, message.id(), MessageStatus.FAILED, ledger.now(), code)));
      }
      return work;
    });
  }

  private Optional<ChatMessage> stored(Jid chat, MessageId id) throws StoreFailed {
    return ratchets
        .ledger()
        .store()
        .message(ratchets.lids().shown(chat), id)
        .filter(ChatMessage::fromMe);
  }

  private ChatMessage message(OutgoingMessage wanted, MessageId id, Recipient recipient)
      throws StoreFailed {
    Message content = MessageWriter.of(wanted, recipient.address(), ratchets.lids());
    Jid chat = ratchets.lids().shown(recipient.address());
    MessageContent parts = MessageContent.of(content, chat, ratchets.lids());
    return new ChatMessage(
        chat,
        id,
        ratchets.own().pn().withoutDevice(),
        true,
        ratchets.ledger().now().truncatedTo(ChronoUnit.SECONDS),
        ratchets.own().credentials().pushName(),
        parts.type(),
        parts.text(),
        parts.quote(),
        parts.mentions(),
        parts.forwarded(),
        MessageStatus.PENDING,
        Origin.API,
        Bytes.wrap(content.toByteArray()),
        Marks.NONE);
  }

  private MessageId newId() throws StoreFailed {
    return MessageIds.next(ratchets.ledger().now(), ratchets.own().pn().user(), random);
  }

  private interface Attempt {
    ChatMessage run() throws RequestFailed, StoreFailed, InterruptedException;
  }

  /// Runs `attempt` while nobody else sends the message with that id.
  private ChatMessage alone(MessageId id, Attempt attempt)
      throws RequestFailed, StoreFailed, InterruptedException {
    var mine = new CountDownLatch(1);
    for (CountDownLatch other = underWay.putIfAbsent(id, mine);
        other != null;
        other = underWay.putIfAbsent(id, mine)) {
      other.await();
    }
    try {
      return attempt.run();
    } finally {
      underWay.remove(id);
      mine.countDown();
    }
  }

  private void pause(Duration time) throws InterruptedException {
    var over = new CountDownLatch(1);
    try (var _ = timers.after(time, over::countDown)) {
      over.await();
    }
  }
}
