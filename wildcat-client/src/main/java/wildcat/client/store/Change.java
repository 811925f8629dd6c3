package wildcat.client.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.Event;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// One change of an account's state; several make a [UnitOfWork].
public sealed interface Change {

  /// Changes that most messages make. A [Ledger] goes on with the next step while a unit of them is on its way
  /// to the disk, and shows it to that step by itself.
  sealed interface Light extends Change {}

  /// Changes of chats, persons and receipts.
  sealed interface OfChats extends Change {}

  /// Fails with [StoreFailed.Conflict] when a row exists, readable or not: keys are never replaced
  /// because they could not be read.
  record CreateCredentials(Credentials credentials) implements Change {}

  /// Fails with [StoreFailed.Conflict] when there is none.
  record UpdateCredentials(Credentials credentials) implements Change {}

  /// Fails with [StoreFailed.Unreadable] when the row exists and cannot be read, like everything below that
  /// replaces or removes a ratchet or an identity.
  record PutRatchet(RatchetAddress address, RatchetRecord record) implements Light {}

  record RemoveRatchet(RatchetAddress address) implements Change {}

  record PutIdentity(RatchetAddress address, PublicKey key) implements Change {}

  record RemoveIdentity(RatchetAddress address) implements Change {}

  /// Forgets the ratchets and identities of all devices of a user, in the form given.
  ///
  /// @param user without device
  record RemoveKeysOf(Jid user) implements Change {}

  /// Fails with [StoreFailed.Conflict] when an id exists.
  record AddPreKeys(List<PreKey> keys) implements Change {
    public AddPreKeys {
      keys = List.copyOf(keys);
    }
  }

  record MarkPreKeysUploaded(List<Integer> ids) implements Change {
    public MarkPreKeysUploaded {
      ids = List.copyOf(ids);
    }
  }

  record RemovePreKey(int id) implements Change {}

  /// Replaces what was known of either side. Both without device. Ratchets, identities and device lists
  /// under the pn move to the lid in the same commit; what exists under the lid wins. The chat of the
  /// lid, if any, becomes the chat of the pn, and in it the sender too; a message that is in both stays
  /// as the pn's. So do the chat's settings; names of the person that only the lid had are kept.
  record MapLid(Jid pn, Jid lid) implements Change {}

  record PutDevices(DeviceList list) implements Change {}

  /// Forgets a cached list, so that it is asked for again.
  record RemoveDevices(Jid user) implements Change {}

  /// No effect when the chat already holds this id from this sender.
  record AddMessage(ChatMessage message) implements Light {}

  /// Moves a sent message forward; never back. No effect when there is no such message.
  ///
  /// @param timestamp what the server says of when it was sent, or empty; taken over even when the status
  ///     has gone further already
  record AdvanceMessage(Jid chat, MessageId id, MessageStatus status, Optional<Instant> timestamp)
      implements Light {}

  /// Replaces what is stored of a message, found by chat, id and sender: what it says and its marks. Its
  /// status, timestamp, origin and type stay. No effect when there is no such message.
  record ReviseMessage(ChatMessage message) implements Change {}

  /// Notes how far a message of ours has come with one person; the first time of each step stays. No effect
  /// when there is no such message.
  ///
  /// @param person without device
  record NoteReceipt(Jid chat, MessageId id, Jid person, MessageStatus status, Instant at)
      implements Light, OfChats {}

  /// The chat is read up to and including that message; never back. No effect when there is no such
  /// message.
  record ReadChat(Jid chat, MessageId upTo) implements Light, OfChats {}

  /// Marks the chat as unread until it is read again, or takes that back.
  record MarkUnread(Jid chat, boolean marked) implements Light, OfChats {}

  record PutChatSettings(Jid chat, ChatSettings settings) implements OfChats {}

  /// Replaces what is known of the person.
  record PutContact(Contact contact) implements OfChats {}

  /// Remembers that this ciphertext was decrypted and committed, so that a redelivery is told from a new
  /// message.
  record RememberCiphertext(Jid sender, MessageId id, Bytes sha256) implements Light {}

  /// Gives the event the next sequence number and, after all other changes of the unit, writes it to the log and to the outbox of everyone who
  /// is to get it.
  record RecordEvent(Event.Durable event, Instant at) implements Light {}

  /// After a logout: moves credentials, ratchets, identities, pre-keys and device lists out of the way,
  /// where they are kept for 30 days. Messages and events stay. Works on unreadable rows too.
  record QuarantineKeys(Instant at) implements Change {}
}
