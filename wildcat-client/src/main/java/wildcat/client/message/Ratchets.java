package wildcat.client.message;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wildcat.client.device.LidMap;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.Event;
import wildcat.client.prekey.KeyBundle;
import wildcat.client.store.Change;
import wildcat.client.store.Ledger;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.proto.ADVSignedDeviceIdentity;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.pairing.Adv;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.PreKeySource;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.SignedPreKey;

/// The ratchets of one account: finds them, steps them, keeps book of identities. Every method that takes
/// a unit of work is for use inside a step of the [Ledger]; nothing is written before that step commits.
public final class Ratchets {
  private static final Logger log = LoggerFactory.getLogger(Ratchets.class);

  private final Ledger ledger;
  private final OwnDevice own;
  private final LidMap lids;
  private final Ratchet ratchet;
  private final Adv adv;

  public Ratchets(Ledger ledger, OwnDevice own, LidMap lids, Ratchet ratchet, Adv adv) {
    this.ledger = ledger;
    this.own = own;
    this.lids = lids;
    this.ratchet = ratchet;
    this.adv = adv;
  }

  Ledger ledger() {
    return ledger;
  }

  OwnDevice own() {
    return own;
  }

  LidMap lids() {
    return lids;
  }

  /// What became of a ciphertext.
  sealed interface Outcome {
    /// @param padded the plaintext with its padding
    record Opened(Bytes padded) implements Outcome {}

    record Failed(CannotDecrypt.Reason reason) implements Outcome {}
  }

  /// Whose ratchet a device has: that of its lid where it is known, whatever form the stanza uses.
  RatchetAddress address(Jid device) throws StoreFailed {
    Jid known = lids.lidOrSame(device);
    return new RatchetAddress(
        known.agent() == 0 ? known : new Jid(known.user(), 0, known.device(), known.server()));
  }

  /// The records of those devices we have a ratchet with.
  Map<Jid, RatchetRecord> records(List<Jid> devices) throws StoreFailed {
    var records = new HashMap<Jid, RatchetRecord>();
    for (Jid device : devices) {
      record(device).ifPresent(record -> records.put(device, record));
    }
    return records;
  }

  Optional<RatchetRecord> record(Jid device) throws StoreFailed {
    return ledger.store().ratchet(address(device));
  }

  /// Encrypts for a device with the ratchet there is.
  Ratchet.Sealed seal(Jid device, RatchetRecord record, byte[] padded, UnitOfWork work)
      throws StoreFailed {
    Ratchet.Sealed sealed = ratchet.encrypt(record, own.credentials().localIdentity(), padded);
    work.add(new Change.PutRatchet(address(device), sealed.next()));
    return sealed;
  }

  /// Encrypts for a device with a new ratchet from its bundle; the one there was is archived.
  ///
  /// @return empty when the bundle cannot be trusted
  Optional<Ratchet.Sealed> sealAnew(Jid device, byte[] padded, KeyBundle bundle, UnitOfWork work)
      throws StoreFailed {
    RatchetAddress address = address(device);
    if (!isTrusted(address, bundle, work)) {
      return Optional.empty();
    }
    boolean changed = noteIdentity(address, bundle.keys().identity(), work);
    Optional<RatchetRecord> existing = changed ? Optional.empty() : ledger.store().ratchet(address);
    try {
      RatchetRecord fresh =
          ratchet.initiate(existing, own.credentials().localIdentity(), bundle.keys());
      return Optional.of(seal(device, fresh, padded, work));
    } catch (InvalidKey e) {
      warn("keys of a device refused: " + e.getMessage());
      return Optional.empty();
    }
  }

  /// Decrypts a `pkmsg` or `msg`.
  Outcome open(Jid device, Ratchet.Kind kind, Bytes message, UnitOfWork work) throws StoreFailed {
    RatchetAddress address = address(device);
    Optional<RatchetRecord> record = latest(address, work);
    try {
      Ratchet.Opened opened =
          switch (kind) {
            case PRE_KEY_MESSAGE ->
                ratchet.decryptPreKey(
                    record, own.credentials().localIdentity(), preKeys(), message.toArray());
            case MESSAGE ->
                ratchet.decrypt(
                    record.orElseThrow(
                        () -> new CannotDecrypt(CannotDecrypt.Reason.NO_RATCHET, "no ratchet")),
                    own.credentials().localIdentity(),
                    message.toArray());
          };
      if (kind == Ratchet.Kind.PRE_KEY_MESSAGE) {
        if (address.equals(own.phone()) && !opened.sender().equals(own.link().accountKey())) {
          // what claims to be our phone but is not must not be able to give us keys or settings
          return new Outcome.Failed(CannotDecrypt.Reason.INVALID_KEY);
        }
        noteIdentity(address, opened.sender(), work);
      }
      work.add(new Change.PutRatchet(address, opened.next()));
      opened.usedPreKey().ifPresent(id -> work.add(new Change.RemovePreKey(id)));
      return new Outcome.Opened(opened.plaintext());
    } catch (CannotDecrypt e) {
      return new Outcome.Failed(e.reason());
    }
  }

  /// The record as earlier parts of the same step have left it.
  private Optional<RatchetRecord> latest(RatchetAddress address, UnitOfWork work)
      throws StoreFailed {
    if (!work.isEmpty()) {
      for (Change change : work.changes().reversed()) {
        if (change instanceof Change.PutRatchet(RatchetAddress stepped, RatchetRecord record)
            && stepped.equals(address)) {
          return Optional.of(record);
        }
      }
    }
    return ledger.store().ratchet(address);
  }

  private PreKeySource<StoreFailed> preKeys() {
    return new PreKeySource<>() {
      @Override
      public Optional<PreKey> oneTime(int id) throws StoreFailed {
        return ledger.store().preKey(id);
      }

      @Override
      public Optional<SignedPreKey> signed(int id) throws StoreFailed {
        return own.credentials().signedPreKeys().stream().filter(k -> k.id() == id).findFirst();
      }
    };
  }

  /// Trust on first use; a change is told to the application.
  ///
  /// @return whether another key was known
  private boolean noteIdentity(RatchetAddress address, PublicKey key, UnitOfWork work)
      throws StoreFailed {
    Optional<PublicKey> known = identity(address, work);
    if (known.equals(Optional.of(key))) {
      return false;
    }
    work.add(new Change.PutIdentity(address, key));
    if (known.isPresent()) {
      work.add(ledger.event(new Event.IdentityChanged(lids.shown(address.jid()))));
    }
    return known.isPresent();
  }

  /// Whether a bundle's identity may be that of the device: our own phone must have the key it was paired
  /// with; a companion must be vouched for by its account.
  /// Source: WhatsApp Web and whatsapp-rust adv.rs; whatsmeow and Baileys check nothing here.
  private boolean isTrusted(RatchetAddress address, KeyBundle bundle, UnitOfWork work)
      throws StoreFailed {
    Jid device = address.jid();
    boolean self = own.isSelf(device);
    if (device.device() == 0) {
      return !self || bundle.keys().identity().equals(own.link().accountKey());
    }
    if (bundle.deviceIdentity().isEmpty()) {
      warn("a companion without device identity skipped");
      return false;
    }
    Bytes identity = bundle.deviceIdentity().get();
    Optional<PublicKey> known =
        self ? Optional.of(own.link().accountKey()) : identity(phoneOf(device), work);
    Optional<PublicKey> account = known.or(() -> accountKey(identity));
    boolean trusted =
        account.isPresent() && adv.verify(identity, bundle.keys().identity(), account.get());
    if (!trusted) {
      warn("a companion that its account does not vouch for skipped");
    }
    return trusted;
  }

  /// The identity as earlier parts of the same step have left it.
  private Optional<PublicKey> identity(RatchetAddress address, UnitOfWork work) throws StoreFailed {
    if (!work.isEmpty()) {
      for (Change change : work.changes().reversed()) {
        if (change instanceof Change.PutIdentity(RatchetAddress noted, PublicKey key)
            && noted.equals(address)) {
          return Optional.of(key);
        }
      }
    }
    return ledger.store().identity(address);
  }

  private static RatchetAddress phoneOf(Jid device) {
    return new RatchetAddress(
        Jid.of(device.user(), device.isPn() ? Jid.PN_SERVER : Jid.LID_SERVER));
  }

  /// The account's key inside a device identity, where it is present.
  private static Optional<PublicKey> accountKey(Bytes deviceIdentity) {
    try {
      var identity = ADVSignedDeviceIdentity.parseFrom(deviceIdentity.toArray());
      return identity.hasAccountSignatureKey()
          ? Optional.of(
              PublicKey.ofStanzaForm(Bytes.wrap(identity.getAccountSignatureKey().toByteArray())))
          : Optional.empty();
    } catch (InvalidProtocolBufferException | InvalidKey _) {
      return Optional.empty();
    }
  }

  private void warn(String text) {
    log.atWarn().addKeyValue("account", ledger.store().account()).log(text);
  }
}
