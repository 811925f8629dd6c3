package wildcat.api.legacy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `POST /accounts/:id/message/send` and `…/reply` read.
///
/// @param to a phone number or the id of a chat
/// @param quotedMessageId the message it answers; needed to reply
public record NewText(
    String to, String message, @Nullable List<String> mentions, @Nullable String quotedMessageId) {
  @Override
  public String toString() {
    return "text";
  }
}
