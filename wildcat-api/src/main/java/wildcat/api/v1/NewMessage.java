package wildcat.api.v1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message to send.
///
/// @param to a phone number or the id of a chat
/// @param type `text` when it is absent; the other fields depend on it
/// @param replyTo the id of the message it answers
/// @param mentions phone numbers or ids of people
/// @param expiresInSeconds after which the devices drop it; absent means never
public record NewMessage(
    String to,
    @Nullable String type,
    @Nullable String text,
    @Nullable String replyTo,
    @Nullable List<String> mentions,
    @Nullable Boolean mentionsAll,
    @Nullable Long expiresInSeconds) {
  @Override
  public String toString() {
    return "message of type " + type;
  }
}
