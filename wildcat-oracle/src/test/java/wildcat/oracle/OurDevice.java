package wildcat.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.LocalIdentity;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;
import wildcat.protocol.ratchet.UnreadableRecord;

/// A device on our implementation, whose record goes through its stored form after every step.
final class OurDevice implements PreKeySource<RuntimeException> {
  private final Ratchet ratchet;
  private final LocalIdentity local;
  private final SignedPreKey signed;
  private final Map<Integer, PreKey> oneTime = new HashMap<>();
  private Optional<RatchetRecord> record = Optional.empty();

  OurDevice(StepRandom random, KeyPair identity, int registrationId, SignedPreKey signed) {
    this.ratchet = new Ratchet(Curve.standard(), random);
    this.local = new LocalIdentity(identity, registrationId);
    this.signed = signed;
  }

  void add(PreKey preKey) {
    oneTime.put(preKey.id(), preKey);
  }

  @Override
  public Optional<PreKey> oneTime(int id) {
    return Optional.ofNullable(oneTime.get(id));
  }

  @Override
  public Optional<SignedPreKey> signed(int id) {
    return id == signed.id() ? Optional.of(signed) : Optional.empty();
  }

  void initiate(PreKeyBundle bundle) throws InvalidKey, UnreadableRecord {
    store(ratchet.initiate(record, local, bundle));
  }

  Packet send(byte[] plaintext) throws UnreadableRecord {
    Ratchet.Sealed sealed = ratchet.encrypt(record.orElseThrow(), local, plaintext);
    store(sealed.next());
    return new Packet(sealed.kind(), sealed.message());
  }

  Outcome receive(Packet packet) throws UnreadableRecord {
    try {
      byte[] message = packet.message().toArray();
      Ratchet.Opened opened =
          switch (packet.kind()) {
            case PRE_KEY_MESSAGE -> ratchet.decryptPreKey(record, local, this, message);
            case MESSAGE -> {
              if (record.isEmpty()) {
                yield null;
              }
              yield ratchet.decrypt(record.get(), local, message);
            }
          };
      if (opened == null) {
        return new Outcome.Refused();
      }
      store(opened.next());
      opened.usedPreKey().ifPresent(oneTime::remove);
      return new Outcome.Opened(opened.plaintext());
    } catch (CannotDecrypt e) {
      return switch (e.reason()) {
        case DUPLICATE -> new Outcome.Duplicate();
        case UNKNOWN_PRE_KEY -> new Outcome.UnknownPreKey();
        case NO_RATCHET, INVALID_KEY, MALFORMED, TOO_FAR_AHEAD, BAD_MAC -> new Outcome.Refused();
      };
    }
  }

  /// What both implementations can tell about their current state; empty without one.
  Optional<String> state() {
    return record.map(r ->
        Bytes.wrap(r.baseKey().signalForm()).hex()
            + " unacknowledged "
            + r.isUnacknowledged()
            + " registration "
            + r.remoteRegistrationId());
  }

  private void store(RatchetRecord next) throws UnreadableRecord {
    record = Optional.of(RatchetRecord.decode(next.encode()));
  }
}
