package wildcat.api.event;

import org.jspecify.annotations.Nullable;

/// The message another one answers.
public record QuotedMessage(
    String messageId, @Nullable String participant, @Nullable String text, boolean hasMedia) {
  @Override
  public String toString() {
    return "message " + messageId;
  }
}
