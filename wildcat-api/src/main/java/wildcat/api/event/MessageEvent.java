package wildcat.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `message.received` and `message.sent`. The predecessor's webhook had the fields from `accountId` to
/// `createdAt` that are not about ids of events; they are where they were.
///
/// @param id as `messageId`
/// @param from the chat, as the predecessor had it; the person is `senderId`
/// @param participant the sender within a group; null in a chat of two
/// @param timestamp unix seconds, by the server's clock
/// @param message the message's content as WhatsApp's protobuf, in JSON
/// @param origin `live`, `offline` (queued while we were away), `other_device`, `api` or `history`
public record MessageEvent(
    String event,
    String eventId,
    long sequence,
    String accountId,
    String occurredAt,
    String id,
    String messageId,
    String chatId,
    String from,
    @Nullable String participant,
    @Nullable String pushName,
    boolean fromMe,
    long timestamp,
    String type,
    @Nullable String text,
    @Nullable JsonNode message,
    boolean hasMedia,
    @Nullable String mediaUrl,
    @Nullable String mediaType,
    @Nullable QuotedMessage quotedMessage,
    List<String> mentions,
    String createdAt,
    String senderId,
    boolean isForwarded,
    String status,
    String origin)
    implements EventDocument {
  public MessageEvent {
    mentions = List.copyOf(mentions);
  }

  @Override
  public String toString() {
    return event + " " + eventId;
  }
}
