package wildcat.client.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// A message of a chat, received or sent.
///
/// Persons are named by their pn when it is known, else by their lid, always without device.
///
/// @param sender who wrote it; ourselves when `fromMe`
/// @param timestamp of the server, whole seconds
/// @param pushName what the sender calls himself; "" when unknown
/// @param type `text` and, later, the other kinds
/// @param text the text or caption; "" when there is none
/// @param content the encoded Message protobuf as it was inside the encryption, without padding
public record ChatMessage(
    Jid chat,
    MessageId id,
    Jid sender,
    boolean fromMe,
    Instant timestamp,
    String pushName,
    String type,
    String text,
    Optional<Quote> quote,
    List<Jid> mentions,
    boolean forwarded,
    MessageStatus status,
    Origin origin,
    Bytes content) {

  public ChatMessage {
    mentions = List.copyOf(mentions);
  }

  /// Another message this one answers.
  ///
  /// @param participant who wrote it
  public record Quote(MessageId id, Jid participant, String text, boolean hasMedia) {}

  /// How it came to us.
  public enum Origin {
    /// From WhatsApp while we were connected.
    LIVE,
    /// From WhatsApp, queued while we were away.
    OFFLINE,
    /// Written on the phone or another companion of this account.
    OTHER_DEVICE,
    /// Sent by us on somebody's request.
    API,
    /// From the phone's history.
    HISTORY
  }

  public ChatMessage withStatus(MessageStatus next) {
    return new ChatMessage(
        chat, id, sender, fromMe, timestamp, pushName, type, text, quote, mentions, forwarded, next,
        origin, content);
  }

  public ChatMessage withTimestamp(Instant next) {
    return new ChatMessage(
        chat, id, sender, fromMe, next, pushName, type, text, quote, mentions, forwarded, status,
        origin, content);
  }

  /// Without content: text is private.
  @Override
  public String toString() {
    return "message " + id + " (" + type + ", " + status.wireName() + ")";
  }
}
