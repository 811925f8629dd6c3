package wildcat.client.store.contract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.Event;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;

/// Values to store, real ones: keys are keys, ratchets were set up.
public final class Samples {
  public static final Jid ALICE = Jid.pn("15550000001");
  public static final Jid ALICE_LID = Jid.lid("100000000000001");
  public static final Jid BOB = Jid.pn("15550000002");
  public static final Jid BOB_LID = Jid.lid("100000000000002");
  public static final Instant SENT = Instant.ofEpochSecond(1_767_300_000);

  private final Random random;
  private final Curve curve = Curve.standard();

  public Samples(long seed) {
    random = new Random(seed);
  }

  public KeyPair keys() {
    return curve.generate(random);
  }

  public Credentials credentials() {
    KeyPair identity = keys();
    return new Credentials(
        keys(),
        identity,
        random.nextInt(),
        List.of(
            SignedPreKey.generate(curve, 1, identity, random),
            SignedPreKey.generate(curve, 2, identity, random)),
        Secret.wrap(bytes(32).toArray()),
        Optional.empty(),
        "",
        Bytes.empty());
  }

  public Credentials.Link link() {
    return new Credentials.Link(
        ALICE.withDevice(7),
        ALICE_LID.withDevice(7),
        bytes(180),
        keys().publicKey(),
        "android",
        "Alice & Co");
  }

  public PreKey preKey(int id) {
    return new PreKey(id, keys());
  }

  /// A ratchet as its initiator has it.
  public RatchetRecord ratchet() {
    return ratchet(0);
  }

  /// A ratchet that was set up anew `times` times since the first; each adds an archived state.
  public RatchetRecord ratchet(int times) {
    Optional<RatchetRecord> record = Optional.empty();
    for (int i = 0; i <= times; i++) {
      record = Optional.of(initiate(record));
    }
    return record.orElseThrow();
  }

  private RatchetRecord initiate(Optional<RatchetRecord> existing) {
    KeyPair remote = keys();
    var signed = SignedPreKey.generate(curve, 5, remote, random);
    try {
      return new Ratchet(curve, random)
          .initiate(
              existing,
              new LocalIdentity(keys(), 17),
              new PreKeyBundle(
                  random.nextInt(),
                  remote.publicKey(),
                  new PreKeyBundle.Signed(5, signed.keys().publicKey(), signed.signature()),
                  Optional.empty()));
    } catch (InvalidKey e) {
      throw new IllegalStateException(e);
    }
  }

  public Bytes bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  public static RatchetAddress address(Jid user, int device) {
    return new RatchetAddress(user.withDevice(device));
  }

  public static MessageId id(String id) {
    return new MessageId(id);
  }

  /// A text somebody sent to us, `seconds` after [#SENT].
  public static ChatMessage received(Jid chat, String id, int seconds) {
    return new ChatMessage(
        chat,
        id(id),
        chat,
        false,
        SENT.plusSeconds(seconds),
        "Sender ☺",
        "text",
        "text of " + id,
        Optional.empty(),
        List.of(),
        false,
        MessageStatus.RECEIVED,
        Origin.LIVE,
        Bytes.ofUtf8("content of " + id),
        Marks.NONE);
  }

  /// A text of ours that the server has not acknowledged.
  public static ChatMessage sent(Jid chat, String id, int seconds) {
    return new ChatMessage(
        chat,
        id(id),
        ALICE,
        true,
        SENT.plusSeconds(seconds),
        "",
        "text",
        "text of " + id,
        Optional.of(new Quote(id("quoted"), chat, "what was said", true)),
        List.of(BOB, ALICE_LID),
        true,
        MessageStatus.PENDING,
        Origin.API,
        Bytes.ofUtf8("content of " + id),
        Marks.NONE);
  }

  public static Change.RecordEvent event(ChatMessage message) {
    return new Change.RecordEvent(new Event.MessageReceived(message), SENT);
  }

  /// An event that is not about a chat.
  public static Change.RecordEvent accountEvent() {
    return new Change.RecordEvent(new Event.IdentityChanged(BOB), SENT);
  }
}
