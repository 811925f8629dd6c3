package wildcat.client.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// A message of a chat, received or sent.
///
/// Persons are named by their pn when it is known, else by their lid, always without device.
///
/// @param sender who wrote it; ourselves when `fromMe`
/// @param timestamp of the server, whole seconds
/// @param pushName what the sender calls himself; "" when unknown
/// @param type `text`, `image`, `poll`, …
/// @param text the text or caption; "" when there is none
/// @param content the encoded Message protobuf as it was inside the encryption, without padding
/// @param marks what became of it since
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
    Bytes content,
    Marks marks) {
  /// Types that say something about another message or the chat. They are sent and kept like messages, but
  /// no list of messages shows them.
  public static final Set<String> ACTIONS =
      Set.of(
          "comment",
          "disappearing",
          "edit",
          "encrypted_edit",
          "event_response",
          "keep",
          "pin",
          "poll_vote",
          "protocol",
          "reaction",
          "revoke");

  public ChatMessage {
    mentions = List.copyOf(mentions);
  }

  /// Whether it says something about another message instead of being one.
  public boolean isAction() {
    return ACTIONS.contains(type);
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
        origin, content, marks);
  }

  public ChatMessage withTimestamp(Instant next) {
    return new ChatMessage(
        chat, id, sender, fromMe, next, pushName, type, text, quote, mentions, forwarded, status,
        origin, content, marks);
  }

  public ChatMessage withMarks(Marks next) {
    return new ChatMessage(
        chat, id, sender, fromMe, timestamp, pushName, type, text, quote, mentions, forwarded,
        status, origin, content, next);
  }

  /// The same message saying something else.
  public ChatMessage saying(String nextText, List<Jid> nextMentions, Bytes nextContent) {
    return new ChatMessage(
        chat,
        id,
        sender,
        fromMe,
        timestamp,
        pushName,
        type,
        nextText,
        quote,
        nextMentions,
        forwarded,
        status,
        origin,
        nextContent,
        marks);
  }

  /// The same message of another chat or person.
  public ChatMessage of(Jid otherChat, Jid otherSender) {
    return new ChatMessage(
        otherChat,
        id,
        otherSender,
        fromMe,
        timestamp,
        pushName,
        type,
        text,
        quote,
        mentions,
        forwarded,
        status,
        origin,
        content,
        marks);
  }

  /// Without content: text is private.
  @Override
  public String toString() {
    return "message " + id + " (" + type + ", " + status.wireName() + ")";
  }
}
