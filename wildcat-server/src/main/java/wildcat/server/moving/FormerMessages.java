package wildcat.server.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// The documents of Wildcat 2's collection `messages` as messages. What it stored of a message with media is
/// its description; the encoded message itself was not kept, so its content here is empty.
final class FormerMessages {
  private FormerMessages() {}

  /// @param own the account's number, without device; empty when no phone is linked
  /// @return empty for what is no message: Wildcat 2 stored reactions, receipts of polls and the like as
  ///     texts without text
  static Optional<ChatMessage> message(JsonNode document, Optional<Jid> own) {
    String type = document.path("type").asText("");
    String text = text(document);
    boolean fromMe = document.path("fromMe").asBoolean();
    Optional<Jid> chat = Jid.parse(document.path("chatId").asText(""));
    Optional<MessageId> id = id(document.path("messageId"));
    Optional<Instant> sentAt = timestamp(document.path("timestamp"));
    if (chat.isEmpty()
        || id.isEmpty()
        || sentAt.isEmpty()
        || type.isEmpty()
        || (type.equals("text") && text.isEmpty())) {
      return Optional.empty();
    }
    Jid sender = fromMe ? own.orElse(chat.get()) : sender(document, chat.get());
    Message content =
        type.equals("text")
            ? Message.newBuilder().setConversation(text).build()
            : Message.getDefaultInstance();
    return Optional.of(
        new ChatMessage(
            chat.get(),
            id.get(),
            sender,
            fromMe,
            sentAt.get(),
            document.path("rawMessage").path("pushName").asText(""),
            type,
            text,
            quote(document.path("quotedMessage"), chat.get()),
            mentions(document.path("mentions")),
            document.path("isForwarded").asBoolean(),
            fromMe ? MessageStatus.SENT : MessageStatus.RECEIVED,
            Origin.HISTORY,
            Bytes.wrap(content.toByteArray()),
            Marks.NONE));
  }

  private static String text(JsonNode document) {
    JsonNode text = document.path("text");
    return text.isTextual() ? text.textValue() : document.path("caption").asText("");
  }

  private static Jid sender(JsonNode document, Jid chat) {
    return Jid.parse(document.path("rawMessage").path("key").path("participant").asText(""))
        .map(Jid::withoutDevice)
        .orElse(chat);
  }

  private static Optional<MessageId> id(JsonNode node) {
    String id = node.asText("");
    return id.isEmpty() || id.length() > MessageId.MAX_CHARACTERS
        ? Optional.empty()
        : Optional.of(new MessageId(id));
  }

  /// Whole seconds: a number, or the two halves of one.
  private static Optional<Instant> timestamp(JsonNode node) {
    JsonNode low = node.path("low");
    long seconds =
        low.isNumber()
            ? (node.path("high").asLong() << 32) | (low.asLong() & 0xFFFF_FFFFL)
            : node.asLong(-1);
    return seconds < 0 || seconds > 100_000_000_000L
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds));
  }

  private static Optional<Quote> quote(JsonNode node, Jid chat) {
    Optional<MessageId> id = id(node.isObject() ? node.path("messageId") : node);
    return id.map(quoted ->
        new Quote(
            quoted,
            Jid.parse(node.path("participant").asText("")).map(Jid::withoutDevice).orElse(chat),
            node.path("text").asText(""),
            node.path("hasMedia").asBoolean()));
  }

  private static List<Jid> mentions(JsonNode node) {
    var mentions = new ArrayList<Jid>();
    for (JsonNode mention : node) {
      Jid.parse(mention.asText("")).ifPresent(mentions::add);
    }
    return mentions;
  }
}
