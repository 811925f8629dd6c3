package wildcat.client.store;

import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// The state of one account, opened by its owner. Thread-safe; calls block.
///
/// Reading tells three things apart: found, absent (empty), and unreadable ([StoreFailed.Unreadable]).
public interface AccountStore {
  AccountId account();

  Optional<Credentials> credentials() throws StoreFailed;

  Optional<RatchetRecord> ratchet(RatchetAddress address) throws StoreFailed;

  Optional<PublicKey> identity(RatchetAddress address) throws StoreFailed;

  Optional<PreKey> preKey(int id) throws StoreFailed;

  PreKeyStock preKeyStock() throws StoreFailed;

  /// One-time pre-keys that were made but not yet confirmed as uploaded, by id.
  List<PreKey> preKeysToUpload(int limit) throws StoreFailed;

  /// @param pn without device
  Optional<Jid> lidOf(Jid pn) throws StoreFailed;

  /// @param lid without device
  Optional<Jid> pnOf(Jid lid) throws StoreFailed;

  /// @param user without device
  Optional<DeviceList> devices(Jid user) throws StoreFailed;

  /// The message with that id in the chat; the newest when two senders used the same id.
  Optional<ChatMessage> message(Jid chat, MessageId id) throws StoreFailed;

  /// How far a message of ours has come with one person.
  Optional<Receipt> receipt(Jid chat, MessageId id, Jid person) throws StoreFailed;

  /// [ChatSettings#NONE] when nothing was set.
  ChatSettings chatSettings(Jid chat) throws StoreFailed;

  /// @param person without device
  Optional<Contact> contact(Jid person) throws StoreFailed;

  /// Messages of others in the chat that came after the last one read, newest first.
  List<ChatMessage> unread(Jid chat, int limit) throws StoreFailed;

  /// Whether a ciphertext was already decrypted and committed.
  boolean knowsCiphertext(Jid sender, MessageId id, Bytes sha256) throws StoreFailed;

  /// Sent messages still without the server's acknowledgement, oldest first.
  List<ChatMessage> unacknowledged(int limit) throws StoreFailed;

  /// Commits all changes durably, or none. Returns when they are on disk and
  /// [EventRecorder#committed] has been called.
  ///
  /// @return the recorded events with their sequence numbers
  /// @throws StoreFailed nothing was changed
  /// @throws InterruptedException interrupted before the unit was begun: nothing was changed. Once begun,
  ///     the call goes on to its end whatever interrupts it, and leaves the interrupt set
  List<RecordedEvent> commit(UnitOfWork work) throws StoreFailed, InterruptedException;

  /// What a unit computed from reads that begin now may be handed over with.
  default Footing footing() {
    return Footing.FIRM;
  }

  /// Hands over a unit whose changes are all [Change.Light], and may return before it is on disk.
  /// Reads do not see it before that. Units reach the disk in the order in which they were handed over; when
  /// one fails, all that were handed over after it with the same footing fail too.
  ///
  /// @param footing taken before the first read that `work` is computed from
  /// @throws StoreFailed nothing was handed over
  /// @throws InterruptedException nothing was handed over
  default Commit submit(UnitOfWork work, Footing footing) throws StoreFailed, InterruptedException {
    commit(work);
    return Commit.ON_DISK;
  }

  /// @param nextId the id the next new pre-key gets, 1 when there never was one; wraps before 2^24
  /// @param uploaded keys confirmed as uploaded and not used yet
  record PreKeyStock(int nextId, int uploaded) {}
}
