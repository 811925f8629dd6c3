package wildcat.api.legacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stored message as the predecessor's database had it. Fields after `updatedAt` are new.
///
/// @param underscoreId present in `GET /messages` only
/// @param caption of sent messages, always there for them
/// @param mediaUrl as `caption`
/// @param mediaType as `caption`
/// @param quotedMessage an object in received messages, the id alone in sent ones, or null
/// @param isForwarded of received messages
public record MessageDocument(
    @JsonProperty("_id") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String underscoreId,
    String accountId,
    String messageId,
    String chatId,
    String from,
    boolean fromMe,
    long timestamp,
    String type,
    @Nullable String text,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode caption,
    boolean hasMedia,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode mediaUrl,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode mediaType,
    JsonNode quotedMessage,
    List<String> mentions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean isForwarded,
    JsonNode rawMessage,
    String createdAt,
    String updatedAt,
    @Nullable String participant,
    String senderId,
    @Nullable String pushName,
    String status) {
  public MessageDocument {
    mentions = List.copyOf(mentions);
  }

  @Override
  public String toString() {
    return "message " + messageId;
  }
}
