package wildcat.server.rest.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.api.Json;
import wildcat.api.legacy.MessageDocument;
import wildcat.client.event.ChatMessage;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.protocol.jid.Jid;
import wildcat.server.content.MessageJson;

/// Messages as the predecessor's database had them.
final class LegacyDocuments {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private LegacyDocuments() {}

  /// @param withRowId whether the database's own id is part of it, as in `GET /messages`
  static MessageDocument of(ArchivedMessage stored, boolean withRowId) {
    ChatMessage message = stored.message();
    boolean sent = message.origin() == ChatMessage.Origin.API;
    JsonNode absentInText = sent ? NODES.nullNode() : null;
    Optional<String> media = MessageJson.mediaType(message.type());
    String chat = message.chat().toString();
    return new MessageDocument(
        withRowId ? "%024x".formatted(stored.row()) : null,
        stored.account().value(),
        message.id().value(),
        chat,
        chat,
        message.fromMe(),
        message.timestamp().getEpochSecond(),
        message.type(),
        text(message),
        absentInText,
        media.isPresent(),
        absentInText,
        media.<JsonNode>map(NODES::textNode).orElse(absentInText),
        quoted(message, sent),
        message.mentions().stream().map(Jid::toString).toList(),
        sent ? null : message.forwarded(),
        raw(message),
        Json.time(stored.storedAt()),
        Json.time(stored.updatedAt()),
        participant(message),
        message.sender().toString(),
        message.pushName().isEmpty() ? null : message.pushName(),
        message.status().wireName());
  }

  static @Nullable String text(ChatMessage message) {
    return message.text().isEmpty() ? null : message.text();
  }

  private static @Nullable String participant(ChatMessage message) {
    return message.chat().isUser() ? null : message.sender().toString();
  }

  /// An object when it was received, the bare id when we sent it.
  private static JsonNode quoted(ChatMessage message, boolean sent) {
    if (message.quote().isEmpty()) {
      return NODES.nullNode();
    }
    ChatMessage.Quote quote = message.quote().get();
    if (sent) {
      return NODES.textNode(quote.id().value());
    }
    ObjectNode node = NODES.objectNode();
    node.put("messageId", quote.id().value());
    node.put("participant", quote.participant().toString());
    node.put("text", quote.text().isEmpty() ? null : quote.text());
    node.put("hasMedia", quote.hasMedia());
    return node;
  }

  private static ObjectNode raw(ChatMessage message) {
    ObjectNode raw = NODES.objectNode();
    ObjectNode key = raw.putObject("key");
    key.put("remoteJid", message.chat().toString());
    key.put("fromMe", message.fromMe());
    key.put("id", message.id().value());
    String participant = participant(message);
    if (participant != null) {
      key.put("participant", participant);
    }
    raw.put("messageTimestamp", message.timestamp().getEpochSecond());
    if (!message.pushName().isEmpty()) {
      raw.put("pushName", message.pushName());
    }
    raw.put("status", message.status().wireName().toUpperCase(Locale.ROOT));
    MessageJson.of(message.content()).ifPresent(content -> raw.set("message", content));
    return raw;
  }
}
