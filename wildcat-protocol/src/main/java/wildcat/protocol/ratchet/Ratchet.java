package wildcat.protocol.ratchet;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.CannotDecrypt.Reason;
import wildcat.protocol.ratchet.RatchetCrypto.MessageKeys;
import wildcat.protocol.ratchet.RatchetCrypto.Root;
import wildcat.protocol.ratchet.ReceivingChain.Reached;

/// The Signal protocol between two devices: X3DH and the double ratchet, version 3.
///
/// Every operation takes a record and returns the next one; nothing is written on the way, so a caller
/// can commit the step together with what it produced, or drop both.
///
/// Thread-safe if `random` is: engines (`Cipher`, `Mac`) are borrowed from the process's pool for the length
/// of one operation, because new ones would take more time than the cryptography itself, and one set per
/// account more memory than the account. Who must not work on one record at the same time is the caller:
/// two steps from the same record fork the ratchet.
///
/// Sources: libsignal, version 3 of the protocol ("The X3DH Key Agreement Protocol", "The Double Ratchet
/// Algorithm"); go.mau.fi/libsignal and libsignal-node for what peers accept.
public final class Ratchet {
  /// How a ciphertext is labelled in a stanza (`<enc type>`).
  public enum Kind {
    /// `pkmsg`: with the pre-key envelope.
    PRE_KEY_MESSAGE("pkmsg"),
    /// `msg`
    MESSAGE("msg");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /// A ciphertext and the state that must be stored before it leaves.
  public record Sealed(RatchetRecord next, Kind kind, Bytes message) {}

  /// A plaintext (still padded) and the state that must be stored together with it.
  ///
  /// @param usedPreKey id of the one-time pre-key to delete in the same commit
  /// @param sender the identity key of the state that decrypted it
  public record Opened(
      RatchetRecord next, Bytes plaintext, Optional<Integer> usedPreKey, PublicKey sender) {}

  /// Shared by all instances: an idle account must not keep engines.
  private static final CryptoPool POOL = new CryptoPool();

  private final Curve curve;
  private final RandomGenerator random;
  private final KeyAgreement agreement;

  /// @param random a `SecureRandom` outside of tests
  public Ratchet(Curve curve, RandomGenerator random) {
    this.curve = curve;
    this.random = random;
    this.agreement = new KeyAgreement(curve);
  }

  /// Starts a ratchet from a bundle (X3DH as initiator); an existing state is archived.
  ///
  /// @throws InvalidKey the signed pre-key's signature does not hold, or a key is unusable
  public RatchetRecord initiate(
      Optional<RatchetRecord> existing, LocalIdentity local, PreKeyBundle bundle)
      throws InvalidKey {
    PreKeyBundle.Signed signed = bundle.signed();
    if (!curve.verify(bundle.identity(), signed.key().signalForm(), signed.signature().toArray())) {
      throw new InvalidKey("the signature of signed pre-key " + signed.id() + " does not hold");
    }
    KeyPair base = curve.generate(random);
    byte[] shared = agreement.initiate(local.keys(), base, bundle);
    KeyPair ratchetKey = curve.generate(random);
    byte[] firstTurn = curve.agree(ratchetKey.privateKey(), signed.key());
    RatchetCrypto crypto = POOL.borrow();
    try {
      // A chain to read messages under the signed pre-key exists in theory; nobody sends on it.
      Root root = crypto.nextRoot(crypto.firstRoot(shared).rootKey(), firstTurn);
      var state =
          new RatchetState(
              bundle.identity(),
              bundle.registrationId(),
              base.publicKey(),
              root.rootKey(),
              new SendingChain(ratchetKey, root.chainKey(), 0, 0),
              List.of(),
              Optional.of(unanswered(bundle)));
      return RatchetRecord.archiving(state, existing);
    } finally {
      POOL.giveBack(crypto);
    }
  }

  private static RatchetState.Unanswered unanswered(PreKeyBundle bundle) {
    return new RatchetState.Unanswered(
        bundle.signed().id(), bundle.oneTime().map(PreKeyBundle.OneTime::id).orElse(0));
  }

  /// Encrypts with the current state.
  ///
  /// @param plaintext already padded
  public Sealed encrypt(RatchetRecord record, LocalIdentity local, byte[] plaintext) {
    RatchetState state = record.current();
    SendingChain chain = state.sending();
    RatchetCrypto crypto = POOL.borrow();
    try {
      MessageKeys keys = crypto.messageKeys(crypto.seed(chain.chainKey()));
      byte[] message = SignalMessage.unauthenticated(chain, crypto.encrypt(keys, plaintext));
      crypto.authenticate(keys, local.keys().publicKey(), state.remoteIdentity(), message);
      RatchetRecord next =
          record.withCurrent(state.afterSending(crypto.nextChainKey(chain.chainKey())));
      if (state.unanswered().isEmpty()) {
        return new Sealed(next, Kind.MESSAGE, Bytes.wrap(message));
      }
      byte[] envelope = PreKeySignalMessage.wrap(state, state.unanswered().get(), local, message);
      return new Sealed(next, Kind.PRE_KEY_MESSAGE, Bytes.wrap(envelope));
    } finally {
      POOL.giveBack(crypto);
    }
  }

  /// Decrypts a SignalMessage (`msg`), trying the current state first, then the archived ones. The
  /// state that succeeds becomes the current one.
  public Opened decrypt(RatchetRecord record, LocalIdentity local, byte[] message)
      throws CannotDecrypt {
    SignalMessage parsed = SignalMessage.parse(message);
    RatchetCrypto crypto = POOL.borrow();
    try {
      return open(crypto, record, local, parsed);
    } finally {
      POOL.giveBack(crypto);
    }
  }

  /// Decrypts a PreKeySignalMessage (`pkmsg`): with the state it belongs to, or with a new one
  /// (X3DH as responder).
  ///
  /// The caller decides about a changed identity by comparing [Opened#sender] with what it knows.
  public <X extends Exception> Opened decryptPreKey(
      Optional<RatchetRecord> record, LocalIdentity local, PreKeySource<X> preKeys, byte[] message)
      throws CannotDecrypt, X {
    PreKeySignalMessage envelope = PreKeySignalMessage.parse(message);
    boolean known = record.isPresent() && record.get().hasBaseKey(envelope.baseKey());
    if (known) {
      RatchetCrypto crypto = POOL.borrow();
      try {
        return open(crypto, record.get(), local, envelope.message());
      } finally {
        POOL.giveBack(crypto);
      }
    }
    SignedPreKey signed =
        preKeys
            .signed(envelope.signedId())
            .orElseThrow(() -> unknownPreKey("signed", envelope.signedId()));
    Optional<PreKey> oneTime = Optional.empty();
    if (envelope.oneTimeId() != 0) {
      oneTime = preKeys.oneTime(envelope.oneTimeId());
      if (oneTime.isEmpty()) {
        throw unknownPreKey("one-time", envelope.oneTimeId());
      }
    }
    return respond(record, local, new OwnPreKeys(signed, oneTime), envelope);
  }

  private record OwnPreKeys(SignedPreKey signed, Optional<PreKey> oneTime) {}

  private static CannotDecrypt unknownPreKey(String kind, int id) {
    return new CannotDecrypt(
        Reason.UNKNOWN_PRE_KEY, "there is no " + kind + " pre-key " + Integer.toUnsignedString(id));
  }

  private Opened respond(
      Optional<RatchetRecord> existing,
      LocalIdentity local,
      OwnPreKeys own,
      PreKeySignalMessage envelope)
      throws CannotDecrypt {
    KeyPair signed = own.signed().keys();
    RatchetCrypto crypto = POOL.borrow();
    try {
      byte[] shared =
          agreement.respond(local.keys(), signed, own.oneTime().map(PreKey::keys), envelope);
      Root root = crypto.firstRoot(shared);
      var fresh =
          new RatchetState(
              envelope.identity(),
              envelope.registrationId(),
              envelope.baseKey(),
              root.rootKey(),
              new SendingChain(signed, root.chainKey(), 0, 0),
              List.of(),
              Optional.empty());
      Step step = step(crypto, fresh, local, envelope.message(), Limits.FORWARD);
      return new Opened(
          RatchetRecord.archiving(step.next(), existing),
          step.plaintext(),
          own.oneTime().map(PreKey::id),
          envelope.identity());
    } catch (InvalidKey e) {
      throw invalidKey();
    } finally {
      POOL.giveBack(crypto);
    }
  }

  private static CannotDecrypt invalidKey() {
    return new CannotDecrypt(Reason.INVALID_KEY, "a key in the message is a point of low order");
  }

  private Opened open(
      RatchetCrypto crypto, RatchetRecord record, LocalIdentity local, SignalMessage message)
      throws CannotDecrypt {
    List<RatchetState> states = record.states();
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).receiving(message.ratchetKey()).isPresent()) {
        return opened(record, i, step(crypto, states.get(i), local, message, Limits.FORWARD));
      }
    }
    CannotDecrypt first = null;
    for (int i = 0; i < states.size(); i++) {
      try {
        int maxForward = i == 0 ? Limits.FORWARD : Limits.FORWARD_IN_ARCHIVED;
        return opened(record, i, step(crypto, states.get(i), local, message, maxForward));
      } catch (CannotDecrypt e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new CannotDecrypt(Reason.NO_RATCHET, "no state") : first;
  }

  private static Opened opened(RatchetRecord record, int index, Step step) {
    return new Opened(
        record.promoting(index, step.next()),
        step.plaintext(),
        Optional.empty(),
        step.next().remoteIdentity());
  }

  /// One state's attempt at a message.
  private record Step(RatchetState next, Bytes plaintext) {}

  private Step step(
      RatchetCrypto crypto,
      RatchetState state,
      LocalIdentity local,
      SignalMessage message,
      int maxForward)
      throws CannotDecrypt {
    Optional<ReceivingChain> known = state.receiving(message.ratchetKey());
    if (known.isPresent()) {
      Reached reached = known.get().reach(crypto, message.counter(), maxForward);
      Bytes plaintext = read(crypto, reached, state, local, message);
      return new Step(state.afterReceiving(reached.next()), plaintext);
    }
    try {
      Secret own = state.sending().ratchetKey().privateKey();
      Root root = crypto.nextRoot(state.rootKey(), curve.agree(own, message.ratchetKey()));
      ReceivingChain chain = ReceivingChain.start(message.ratchetKey(), root.chainKey());
      Reached reached = chain.reach(crypto, message.counter(), maxForward);
      Bytes plaintext = read(crypto, reached, state, local, message);
      // only now, for a message that is authentic, the dear half of the turn
      KeyPair next = curve.generate(random);
      Root turned =
          crypto.nextRoot(root.rootKey(), curve.agree(next.privateKey(), message.ratchetKey()));
      int previous = Math.max(0, state.sending().counter() - 1);
      return new Step(
          state.afterTurn(
              reached.next(),
              turned.rootKey(),
              new SendingChain(next, turned.chainKey(), 0, previous)),
          plaintext);
    } catch (InvalidKey e) {
      throw invalidKey();
    }
  }

  private static Bytes read(
      RatchetCrypto crypto,
      Reached reached,
      RatchetState state,
      LocalIdentity local,
      SignalMessage message)
      throws CannotDecrypt {
    MessageKeys keys = crypto.messageKeys(reached.seed());
    if (!crypto.isAuthentic(
        keys, state.remoteIdentity(), local.keys().publicKey(), message.encoded().toArray())) {
      throw new CannotDecrypt(Reason.BAD_MAC, "the MAC of the message does not match");
    }
    return Bytes.wrap(
        crypto
            .decrypt(keys, message.ciphertext().toArray())
            .orElseThrow(() -> MessageFields.malformed("the padding of its ciphertext is wrong")));
  }
}
