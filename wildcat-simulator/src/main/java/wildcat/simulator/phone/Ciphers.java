package wildcat.simulator.phone;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.InvalidKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.ratchet.CannotDecrypt;
import wildcat.protocol.ratchet.Padding;
import wildcat.protocol.ratchet.PreKeyBundle;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.protocol.ratchet.RatchetRecord;

/// A phone's ratchets, one per device, always under its lid: clients use one ratchet for both addresses
/// of a device. Belongs to the phone's thread. Source: protocol notes 10, section 5.
final class Ciphers {
  private final Ratchet ratchet;
  private final PhoneKeys keys;
  private final RandomGenerator random;
  private final Map<Jid, RatchetRecord> records = new HashMap<>();

  Ciphers(Ratchet ratchet, PhoneKeys keys, RandomGenerator random) {
    this.ratchet = ratchet;
    this.keys = keys;
    this.random = random;
  }

  boolean knows(Jid lid) {
    return records.containsKey(lid);
  }

  /// Starts over with this device.
  void initiate(Jid lid, PreKeyBundle bundle) throws InvalidKey {
    records.put(lid, ratchet.initiate(Optional.ofNullable(records.get(lid)), keys.local(), bundle));
  }

  /// An `<enc>` for a device that is known.
  Node encrypt(Jid lid, byte[] plaintext) {
    RatchetRecord record = records.get(lid);
    if (record == null) {
      throw new IllegalStateException("no ratchet with that device");
    }
    Ratchet.Sealed sealed = ratchet.encrypt(record, keys.local(), Padding.pad(plaintext, random));
    records.put(lid, sealed.next());
    return Node.of("enc", sealed.message()).with("v", 2).with("type", sealed.kind().wireName());
  }

  byte[] decrypt(Jid lid, Node enc) throws CannotDecrypt {
    byte[] message = enc.bytes().orElse(Bytes.empty()).toArray();
    Optional<RatchetRecord> record = Optional.ofNullable(records.get(lid));
    Ratchet.Opened opened;
    if (enc.text("type").equals("pkmsg")) {
      opened = ratchet.decryptPreKey(record, keys.local(), keys, message);
    } else {
      if (record.isEmpty()) {
        throw new CannotDecrypt(CannotDecrypt.Reason.NO_RATCHET, "no ratchet with that device");
      }
      opened = ratchet.decrypt(record.get(), keys.local(), message);
    }
    records.put(lid, opened.next());
    opened.usedPreKey().ifPresent(keys::use);
    return Padding.unpad(opened.plaintext().toArray());
  }
}
