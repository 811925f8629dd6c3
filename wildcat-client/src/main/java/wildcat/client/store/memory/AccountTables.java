package wildcat.client.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.store.Credentials;
import wildcat.client.store.DeviceList;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// What is kept of one account, without messages and events. Guarded by the store's lock.
final class AccountTables {
  static final String ROW = "";

  /// 0 when nobody owns the account.
  long epoch;

  final Map<String, Credentials> credentials = new HashMap<>();
  final Map<RatchetAddress, RatchetRecord> ratchets = new HashMap<>();
  final Map<RatchetAddress, PublicKey> identities = new HashMap<>();
  final TreeMap<Integer, StoredPreKey> preKeys = new TreeMap<>();
  final Map<String, Integer> nextPreKey = new HashMap<>();
  final Map<Jid, Jid> lidByPn = new HashMap<>();
  final Map<Jid, Jid> pnByLid = new HashMap<>();
  final Map<Jid, DeviceList> devices = new HashMap<>();
  final Map<Jid, StoredChat> chats = new HashMap<>();
  final Map<Jid, Contact> contacts = new TreeMap<>(Comparator.comparing(Jid::toString));
  final Map<Ciphertext, Instant> ciphertexts = new HashMap<>();
  final List<Quarantined> quarantine = new ArrayList<>();

  /// @param readMillis timestamp of the last message read; -1 when none was
  /// @param readRow row of that message
  record StoredChat(ChatSettings settings, boolean markedUnread, long readMillis, long readRow) {
    static final StoredChat NEW = new StoredChat(ChatSettings.NONE, false, -1, -1);
  }

  record StoredPreKey(PreKey key, boolean uploaded) {}

  record Ciphertext(Jid sender, MessageId id, Bytes sha256) {}

  record Quarantined(
      Instant at,
      Map<String, Credentials> credentials,
      Map<RatchetAddress, RatchetRecord> ratchets,
      Map<RatchetAddress, PublicKey> identities,
      Map<Integer, StoredPreKey> preKeys) {
    Quarantined {
      credentials = Map.copyOf(credentials);
      ratchets = Map.copyOf(ratchets);
      identities = Map.copyOf(identities);
      preKeys = Map.copyOf(preKeys);
    }
  }
}
