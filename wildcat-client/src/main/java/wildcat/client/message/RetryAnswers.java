package wildcat.client.message;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.client.prekey.KeyBundle;
import wildcat.client.prekey.KeyBundles;
import wildcat.client.session.Acks;
import wildcat.client.session.Exchange;
import wildcat.client.session.RequestFailed;
import wildcat.client.session.StanzaHandler;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.Padding;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;

/// Takes `receipt` stanzas of type `retry`: a device could not decrypt a message of ours and gets it once
/// more, for itself alone.
///
/// Only a device of the chat's user or of ours can ask, because the chat is taken from the receipt's
/// addresses; each gets at most [#LIMIT] copies of a message. Source: whatsmeow retry.go
/// (handleRetryReceipt), Baileys message-retry-manager.ts.
public final class RetryAnswers implements StanzaHandler {
  static final int LIMIT = 5;

  /// A ratchet is not started over more often than this unless there is a reason in the receipt.
  static final Duration RECREATION = Duration.ofHours(1);

  private static final int REMEMBERED = 512;
  private static final Logger log = LoggerFactory.getLogger(RetryAnswers.class);

  private final Ratchets ratchets;
  private final Ledger ledger;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Key, Answered> answers = bounded();

  /// When the ratchet with a device was last started over without being given keys.
  @GuardedBy("lock")
  private final Map<Jid, Instant> recreated = bounded();

  public RetryAnswers(Ratchets ratchets, RandomGenerator random) {
    this.ratchets = ratchets;
    this.ledger = ratchets.ledger();
    this.random = random;
  }

  private record Key(Jid requester, MessageId id) {}

  /// @param baseKey of the ratchet the last copy was encrypted with
  private record Answered(int times, PublicKey baseKey) {}

  /// What a retry receipt asks for.
  ///
  /// @param requester the device
  /// @param chat as the receipt addresses it
  /// @param count attempts it has made
  private record Request(
      Jid requester,
      Jid chat,
      MessageId id,
      long count,
      Optional<Integer> registrationId,
      Optional<KeyBundle> keys) {}

  @Override
  public void handle(Node stanza, Exchange exchange) throws StoreFailed, InterruptedException {
    ratchets.lids().learnFrom(stanza);
    Optional<Request> request = parse(stanza);
    if (request.isPresent()) {
      answer(request.get(), exchange);
    }
    Acks.acknowledge(stanza, exchange);
  }

  private Optional<Request> parse(Node stanza) throws StoreFailed {
    Optional<Jid> from = stanza.jid("from").filter(jid -> jid.isUser() && !jid.user().isEmpty());
    Optional<Node> retry = stanza.child("retry");
    String id = stanza.text("id");
    if (from.isEmpty()
        || retry.isEmpty()
        || id.isEmpty()
        || id.length() > MessageId.MAX_CHARACTERS) {
      return Optional.empty();
    }
    Jid requester = from.get();
    Jid chat =
        ratchets.own().isSelf(requester)
            ? stanza.jid("recipient").orElse(requester).withoutDevice()
            : requester.withoutDevice();
    Optional<Integer> registrationId = stanza.child("registration").flatMap(RetryAnswers::number);
    return Optional.of(
        new Request(
            requester,
            chat,
            new MessageId(id),
            retry.get().number("count").orElse(1L),
            registrationId,
            keys(stanza, registrationId)));
  }

  private static Optional<Integer> number(Node registration) {
    return registration
        .bytes()
        .filter(bytes -> bytes.length() == 4)
        .map(bytes -> java.nio.ByteBuffer.wrap(bytes.toArray()).getInt());
  }

  private static Optional<KeyBundle> keys(Node stanza, Optional<Integer> registrationId) {
    Optional<Node> keys = stanza.child("keys");
    if (keys.isEmpty() || registrationId.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(KeyBundle.parse(registrationId.get(), keys.get()));
    } catch (InvalidKey e) {
      log.atWarn().log("keys of a retry receipt ignored: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void answer(Request request, Exchange exchange) throws StoreFailed, InterruptedException {
    Optional<ChatMessage> message =
        ledger
            .store()
            .message(ratchets.lids().shown(request.chat()), request.id())
            .filter(ChatMessage::fromMe);
    var key = new Key(request.requester(), request.id());
    Answered before = answered(key);
    if (message.isEmpty()
        || message.get().content().isEmpty()
        || ratchets.own().isThisDevice(request.requester())
        || (before != null && before.times() >= LIMIT)) {
      return;
    }
    Optional<KeyBundle> bundle = request.keys();
    if (bundle.isEmpty() && needsBundle(request, before)) {
      bundle = fetch(request, exchange);
    }
    Optional<KeyBundle> keys = bundle;
    Optional<Copy> copy = ledger.step(work -> seal(request, message.get(), keys, work));
    if (copy.isEmpty()) {
      log.atWarn()
          .addKeyValue("account", ledger.store().account())
          .addKeyValue("message", request.id())
          .log("no keys to answer a retry receipt");
      return;
    }
    remember(key, new Answered(before == null ? 1 : before.times() + 1, copy.get().baseKey()));
    Acks.send(copy.get().stanza(), exchange);
  }

  /// Whether the ratchet there is cannot be the right one for another copy.
  private boolean needsBundle(Request request, @org.jspecify.annotations.Nullable Answered before)
      throws StoreFailed {
    Optional<RatchetRecord> record = ratchets.record(request.requester());
    if (record.isEmpty()) {
      return true;
    }
    boolean otherRegistration =
        request.registrationId().isPresent()
            && record.get().remoteRegistrationId() != 0
            && record.get().remoteRegistrationId() != request.registrationId().get();
    boolean sameAgain =
        request.count() > 2 && before != null && before.baseKey().equals(record.get().baseKey());
    return otherRegistration || sameAgain || (request.count() > 1 && mayRecreate(request));
  }

  private boolean mayRecreate(Request request) {
    lock.lock();
    try {
      Instant last = recreated.get(request.requester());
      return last == null || !last.plus(RECREATION).isAfter(ledger.now());
    } finally {
      lock.unlock();
    }
  }

  private Optional<KeyBundle> fetch(Request request, Exchange exchange)
      throws StoreFailed, InterruptedException {
    lock.lock();
    try {
      recreated.put(request.requester(), ledger.now());
    } finally {
      lock.unlock();
    }
    Jid address = ratchets.address(request.requester()).jid();
    try {
      return Optional.ofNullable(KeyBundles.fetch(List.of(address), exchange).get(address));
    } catch (RequestFailed e) {
      log.atWarn()
          .addKeyValue("account", ledger.store().account())
          .log("no keys for a retry: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /// A stanza for one device.
  private record Copy(Node stanza, PublicKey baseKey) {}

  private Optional<Copy> seal(
      Request request,
      ChatMessage message,
      Optional<KeyBundle> bundle,
      wildcat.client.store.UnitOfWork work)
      throws StoreFailed {
    byte[] content = message.content().toArray();
    boolean ownDevice = ratchets.own().isSelf(request.requester());
    byte[] padded =
        Padding.pad(ownDevice ? Fanout.deviceSent(content, request.chat()) : content, random);
    Optional<Ratchet.Sealed> sealed = Optional.empty();
    if (bundle.isPresent()) {
      sealed = ratchets.sealAnew(request.requester(), padded, bundle.get(), work);
    }
    if (sealed.isEmpty()) {
      Optional<RatchetRecord> record = ratchets.record(request.requester());
      if (record.isPresent()) {
        sealed = Optional.of(ratchets.seal(request.requester(), record.get(), padded, work));
      }
    }
    return sealed.isEmpty()
        ? Optional.empty()
        : Optional.of(copy(request, message, sealed.get(), ownDevice));
  }

  private Copy copy(Request request, ChatMessage message, Ratchet.Sealed sealed, boolean ownDevice)
      throws StoreFailed {
    var children = new ArrayList<Node>(3);
    Label label = Label.of(Fanout.parsed(message.content().toArray()));
    children.add(label.onCiphertext(Fanout.enc(sealed)).with("count", request.count()));
    if (sealed.kind() == Ratchet.Kind.PRE_KEY_MESSAGE) {
      Bytes identity = ratchets.own().link().deviceIdentity();
      children.add(Node.of("device-identity", identity));
    }
    label.metaNode().ifPresent(children::add);
    Node stanza =
        label
            .on(Node.of("message").with("id", request.id().value()).with("to", request.requester()))
            .with("t", message.timestamp().getEpochSecond())
            .with("device_fanout", "false");
    if (ownDevice && !ratchets.own().isSelf(request.chat())) {
      stanza = stanza.with("recipient", request.chat());
    }
    return new Copy(stanza.containing(children), sealed.next().baseKey());
  }

  private @org.jspecify.annotations.Nullable Answered answered(Key key) {
    lock.lock();
    try {
      return answers.get(key);
    } finally {
      lock.unlock();
    }
  }

  private void remember(Key key, Answered answer) {
    lock.lock();
    try {
      answers.put(key, answer);
    } finally {
      lock.unlock();
    }
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
