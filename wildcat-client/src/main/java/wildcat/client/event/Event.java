package wildcat.client.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import wildcat.protocol.jid.Jid;

/// What happens to an account. [Durable] ones are stored in the transaction that caused them and get a
/// sequence number; the others are only worth something in the moment.
public sealed interface Event {

  /// Stored with a sequence number and owed to every webhook that asked for it.
  sealed interface Durable extends Event {}

  /// Show `text` as a QR code until `validFor` has passed; a new one follows by itself.
  record LinkCodeIssued(String text, Duration validFor) implements Event {
    @Override
    public String toString() {
      return "LinkCodeIssued";
    }
  }

  /// The phone has accepted this device; the login follows by itself.
  ///
  /// @param pn our number with the device's number
  record Linked(Jid pn, Jid lid, String platform) implements Durable {}

  record StateChanged(AccountState state) implements Durable {}

  /// A message was decrypted; it is on disk together with this event.
  record MessageReceived(ChatMessage message) implements Durable {}

  /// We sent a message (acknowledged by the server), or another own device did.
  record MessageSent(ChatMessage message) implements Durable {}

  /// @param code what WhatsApp said when it refused the message
  /// @param participant whose devices have come that far, in a group or list: one event per person
  record MessageStatusChanged(
      Jid chat,
      MessageId id,
      MessageStatus status,
      Instant at,
      Optional<Integer> code,
      Optional<Jid> participant)
      implements Durable {
    /// In a chat of two.
    public MessageStatusChanged(
        Jid chat, MessageId id, MessageStatus status, Instant at, Optional<Integer> code) {
      this(chat, id, status, at, code, Optional.empty());
    }
  }

  /// The chat was read up to and including that message, here or on another device of ours.
  record ChatRead(Jid chat, MessageId upTo) implements Durable {}

  /// The user has marked the chat as unread.
  record ChatMarkedUnread(Jid chat) implements Durable {}

  /// The user has archived, pinned or muted the chat, or the contrary.
  record ChatChanged(Jid chat, ChatSettings settings) implements Durable {}

  /// A name of the person is known now, or is another one.
  record ContactChanged(Contact contact) implements Durable {}

  /// A person or group has a new picture, or none any more.
  ///
  /// @param pictureId empty: removed
  record PictureChanged(Jid chat, Optional<String> pictureId) implements Durable {}

  /// A person has another about text.
  record AboutChanged(Jid person, String about) implements Durable {
    @Override
    public String toString() {
      return "AboutChanged";
    }
  }

  /// We have blocked or unblocked a person, here or on another device of ours.
  record BlockingChanged(Jid person, boolean blocked) implements Durable {}

  /// Somebody has come online, gone, or begun or stopped to type.
  ///
  /// @param chat where somebody types; the person where it is not about a chat
  record PresenceChanged(Jid chat, Presence presence) implements Event {}

  /// A message could not be decrypted. A copy was asked for unless `attempts` has reached the limit; when
  /// it arrives, [MessageReceived] follows with the same id.
  ///
  /// @param reason one of the names of CannotDecrypt.Reason
  record MessageUndecryptable(Jid chat, Jid sender, MessageId id, String reason, int attempts)
      implements Durable {}

  /// A user has a new identity key: the phone was registered again.
  record IdentityChanged(Jid user) implements Durable {}
}
