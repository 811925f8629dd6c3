package wildcat.client.message;

import java.util.List;
import java.util.Optional;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.protocol.jid.Jid;

/// A text to send.
///
/// @param to a user, in either form; a device number is dropped
/// @param text 1 to 65,536 characters
/// @param id the id to send it with; the same id is never delivered twice
public record OutgoingText(
    Jid to, String text, List<Jid> mentions, Optional<ChatMessage> quoted, Optional<MessageId> id) {
  public static final int MAX_CHARACTERS = 65_536;

  public OutgoingText {
    if (!to.isUser() || to.user().isEmpty()) {
      throw new IllegalArgumentException("a text goes to a user, not to " + to.server());
    }
    to = to.withoutDevice();
    mentions = List.copyOf(mentions);
    if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a text has 1 to " + MAX_CHARACTERS + " characters, not " + text.length());
    }
  }

  public static OutgoingText of(Jid to, String text) {
    return new OutgoingText(to, text, List.of(), Optional.empty(), Optional.empty());
  }

  @Override
  public String toString() {
    return "text of " + text.length() + " characters";
  }
}
