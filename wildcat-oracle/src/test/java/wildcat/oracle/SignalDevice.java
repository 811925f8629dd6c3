package wildcat.oracle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whispersystems.libsignal.DuplicateMessageException;
import org.whispersystems.libsignal.IdentityKey;
import org.whispersystems.libsignal.IdentityKeyPair;
import org.whispersystems.libsignal.InvalidKeyException;
import org.whispersystems.libsignal.InvalidKeyIdException;
import org.whispersystems.libsignal.InvalidMessageException;
import org.whispersystems.libsignal.InvalidVersionException;
import org.whispersystems.libsignal.LegacyMessageException;
import org.whispersystems.libsignal.NoSessionException;
import org.whispersystems.libsignal.SessionBuilder;
import org.whispersystems.libsignal.SessionCipher;
import org.whispersystems.libsignal.SignalProtocolAddress;
import org.whispersystems.libsignal.UntrustedIdentityException;
import org.whispersystems.libsignal.ecc.Curve;
import org.whispersystems.libsignal.ecc.ECKeyPair;
import org.whispersystems.libsignal.ecc.ECPublicKey;
import org.whispersystems.libsignal.protocol.CiphertextMessage;
import org.whispersystems.libsignal.protocol.PreKeySignalMessage;
import org.whispersystems.libsignal.protocol.SignalMessage;
import org.whispersystems.libsignal.state.PreKeyRecord;
import org.whispersystems.libsignal.state.SessionState;
import org.whispersystems.libsignal.state.SignedPreKeyRecord;
import org.whispersystems.libsignal.state.impl.InMemorySignalProtocolStore;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.SignedPreKey;

/// A device on signal-protocol-java 2.8.1 with the keys of an [OurDevice].
final class SignalDevice {
  private static final SignalProtocolAddress PEER = new SignalProtocolAddress("peer", 1);

  private final TrustingStore store;
  private final SessionCipher cipher;

  SignalDevice(KeyPair identity, int registrationId, SignedPreKey signed) {
    ECKeyPair own = pair(identity);
    store =
        new TrustingStore(
            new IdentityKeyPair(new IdentityKey(own.getPublicKey()), own.getPrivateKey()),
            registrationId);
    store.storeSignedPreKey(
        signed.id(),
        new SignedPreKeyRecord(signed.id(), 0, pair(signed.keys()), signed.signature().toArray()));
    cipher = new SessionCipher(store, PEER);
  }

  void add(PreKey preKey) {
    store.storePreKey(preKey.id(), new PreKeyRecord(preKey.id(), pair(preKey.keys())));
  }

  void initiate(PreKeyBundle bundle) throws InvalidKeyException, UntrustedIdentityException {
    PreKeyBundle.Signed signed = bundle.signed();
    PreKeyBundle.@Nullable OneTime oneTime = bundle.oneTime().orElse(null);
    new SessionBuilder(store, PEER)
        .process(
            new org.whispersystems.libsignal.state.PreKeyBundle(
                bundle.registrationId(),
                1,
                oneTime == null ? 0 : oneTime.id(),
                oneTime == null ? null : key(oneTime.key()),
                signed.id(),
                key(signed.key()),
                signed.signature().toArray(),
                new IdentityKey(key(bundle.identity()))));
  }

  Packet send(byte[] plaintext) throws UntrustedIdentityException {
    CiphertextMessage message = cipher.encrypt(plaintext);
    Ratchet.Kind kind =
        message.getType() == CiphertextMessage.PREKEY_TYPE
            ? Ratchet.Kind.PRE_KEY_MESSAGE
            : Ratchet.Kind.MESSAGE;
    return new Packet(kind, Bytes.wrap(message.serialize()));
  }

  Outcome receive(Packet packet) {
    if (packet.message().isEmpty()) {
      return new Outcome.Refused(); // the library looks at its first byte and falls over
    }
    try {
      byte[] message = packet.message().toArray();
      byte[] plaintext =
          switch (packet.kind()) {
            case PRE_KEY_MESSAGE -> cipher.decrypt(new PreKeySignalMessage(message));
            case MESSAGE -> cipher.decrypt(new SignalMessage(message));
          };
      return new Outcome.Opened(Bytes.wrap(plaintext));
    } catch (DuplicateMessageException e) {
      return new Outcome.Duplicate();
    } catch (InvalidKeyIdException e) {
      return new Outcome.UnknownPreKey();
    } catch (InvalidMessageException
        | InvalidKeyException
        | InvalidVersionException
        | LegacyMessageException
        | NoSessionException
        | UntrustedIdentityException e) {
      return new Outcome.Refused();
    }
  }

  /// As [OurDevice#state].
  Optional<String> state() {
    if (!store.containsSession(PEER)) {
      return Optional.empty();
    }
    SessionState state = store.loadSession(PEER).getSessionState();
    return Optional.of(
        Bytes.wrap(state.getAliceBaseKey()).hex()
            + " unacknowledged "
            + state.hasUnacknowledgedPreKeyMessage()
            + " registration "
            + state.getRemoteRegistrationId());
  }

  private static ECKeyPair pair(KeyPair pair) {
    return new ECKeyPair(
        key(pair.publicKey()), Curve.decodePrivatePoint(pair.privateKey().expose()));
  }

  private static ECPublicKey key(PublicKey key) {
    try {
      return Curve.decodePoint(key.signalForm(), 0);
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  /// Trusts every identity: that decision is not the ratchet's.
  private static final class TrustingStore extends InMemorySignalProtocolStore {
    TrustingStore(IdentityKeyPair identity, int registrationId) {
      super(identity, registrationId);
    }

    @Override
    public boolean isTrustedIdentity(
        SignalProtocolAddress address, IdentityKey identity, Direction direction) {
      return true;
    }
  }
}
