package wildcat.store.mongodb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Quote;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.codec.MessageDetailsCodec;
import wildcat.client.store.codec.MessageDetailsCodec.Details;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// The documents of messages: with the fields Wildcat 2 gave them, for whoever reads the database, and with
/// ours. We read ours only (`row`, `time`, `senderId`, `pushName`, `status`, `details`, `content`, `hidden`) and those
/// that name the message; a document without `row` is none of ours.
final class MessageDocuments {
  private static final Set<String> MEDIA = Set.of("image", "video", "audio", "document", "sticker");
  private static final int HASH_BYTES = 16;

  private MessageDocuments() {}

  /// A message is stored once per chat, sender and id.
  static String id(AccountId account, Jid chat, Jid sender, MessageId id) {
    return account + "/" + chat + "/" + sender + "/" + id;
  }

  static String id(AccountId account, ChatMessage message) {
    return id(account, message.chat(), message.sender(), message.id());
  }

  /// @param row 0 when it is to be given by the writer
  static Document document(
      AccountId account, ChatMessage message, Instant storedAt, Instant updatedAt, long row) {
    boolean sent = message.origin() == ChatMessage.Origin.API;
    boolean media = MEDIA.contains(message.type());
    var document =
        new Document("_id", id(account, message))
            .append("accountId", account.value())
            .append("messageId", message.id().value())
            .append("chatId", message.chat().toString())
            .append("from", message.chat().toString())
            .append("fromMe", message.fromMe())
            .append("timestamp", message.timestamp().getEpochSecond())
            .append("type", message.type())
            .append("text", message.text().isEmpty() ? null : message.text())
            .append("hasMedia", media)
            .append("mediaType", media ? message.type() : null)
            .append("quotedMessage", quoted(message, sent))
            .append("mentions", message.mentions().stream().map(Jid::toString).toList())
            .append("isForwarded", message.forwarded())
            .append("createdAt", Date.from(storedAt))
            .append("updatedAt", Date.from(updatedAt));
    return document
        .append("senderId", message.sender().toString())
        .append("pushName", message.pushName())
        .append("status", message.status().wireName())
        .append("time", message.timestamp().toEpochMilli())
        .append("details", Stored.binary(MessageDetailsCodec.encode(Details.of(message))))
        .append("content", Stored.binary(message.content()))
        .append("hidden", message.isAction())
        .append("row", row);
  }

  /// As Wildcat 2 had it: an object when it was received, the bare id when we sent it.
  private static @Nullable Object quoted(ChatMessage message, boolean sent) {
    if (message.quote().isEmpty()) {
      return null;
    }
    Quote quote = message.quote().get();
    if (sent) {
      return quote.id().value();
    }
    return new Document("messageId", quote.id().value())
        .append("participant", quote.participant().toString())
        .append("text", quote.text().isEmpty() ? null : quote.text())
        .append("hasMedia", quote.hasMedia());
  }

  static ArchivedMessage archived(Document document) throws StoreFailed.Unreadable {
    var fields = new Stored(document);
    return new ArchivedMessage(
        fields.account("accountId"),
        message(document),
        fields.time("createdAt"),
        fields.time("updatedAt"),
        fields.number("row"));
  }

  static ChatMessage message(Document document) throws StoreFailed.Unreadable {
    var fields = new Stored(document);
    Details details = MessageDetailsCodec.decode(fields.bytes("details"));
    String text = document.get("text") == null ? "" : fields.text("text");
    return new ChatMessage(
        fields.jid("chatId"),
        messageId(fields),
        fields.jid("senderId"),
        fields.flag("fromMe"),
        Instant.ofEpochMilli(fields.number("time")),
        fields.text("pushName"),
        fields.text("type"),
        text,
        details.quote(),
        details.mentions(),
        details.forwarded(),
        status(fields.text("status")),
        details.origin(),
        fields.bytes("content"),
        details.marks());
  }

  private static MessageId messageId(Stored fields) throws StoreFailed.Unreadable {
    try {
      return new MessageId(fields.text("messageId"));
    } catch (IllegalArgumentException e) {
      throw new StoreFailed.Unreadable("a stored message id is damaged", e);
    }
  }

  private static MessageStatus status(String name) throws StoreFailed.Unreadable {
    for (MessageStatus status : MessageStatus.values()) {
      if (status.wireName().equals(name)) {
        return status;
      }
    }
    throw new StoreFailed.Unreadable("a stored message has an unknown status");
  }

  /// What a ciphertext is known by: the account, and 16 bytes over sender, id and its own hash.
  static String ciphertextId(AccountId account, Jid sender, MessageId id, Bytes sha256) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(sender.toString(), id.value())) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (utf8.length >> 8));
        digest.update((byte) utf8.length);
        digest.update(utf8);
      }
      byte[] hash = digest.digest(sha256.toArray());
      return account + "/" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
