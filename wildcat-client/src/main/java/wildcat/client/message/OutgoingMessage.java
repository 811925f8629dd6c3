package wildcat.client.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.protocol.jid.Jid;

/// Something to send to a chat.
///
/// @param to a user in either form, a group or [Jid#STATUS]; a device number is dropped
/// @param id the id to send it with; the same id is never delivered twice
/// @param quoted the message it answers
/// @param mentions persons that are told of it; at most 1,024
/// @param mentionsAll whether everybody in the group is told of it
/// @param forwarded how often it was passed on; 0: it is the sender's own, 5 and more: "many times"
/// @param lifetime after which the devices drop it; zero: never
public record OutgoingMessage(
    Jid to,
    OutgoingContent content,
    Optional<MessageId> id,
    Optional<ChatMessage> quoted,
    List<Jid> mentions,
    boolean mentionsAll,
    int forwarded,
    Duration lifetime) {
  static final int MAX_MENTIONS = 1_024;

  public OutgoingMessage {
    boolean user = to.isUser() && !to.user().isEmpty();
    if (!user && !to.isGroup() && !to.equals(Jid.STATUS)) {
      throw new IllegalArgumentException("nothing is sent to " + to.server() + " this way");
    }
    to = to.withoutDevice();
    mentions = List.copyOf(mentions);
    if (mentions.size() > MAX_MENTIONS) {
      throw new IllegalArgumentException(
          "at most " + MAX_MENTIONS + " mentions, not " + mentions.size());
    }
    if (forwarded < 0 || lifetime.isNegative()) {
      throw new IllegalArgumentException("forwarded and lifetime are not below 0");
    }
  }

  public static OutgoingMessage of(Jid to, OutgoingContent content) {
    return new OutgoingMessage(
        to, content, Optional.empty(), Optional.empty(), List.of(), false, 0, Duration.ZERO);
  }

  public static OutgoingMessage text(Jid to, String text) {
    return of(to, new OutgoingContent.Text(text));
  }

  public OutgoingMessage withId(MessageId given) {
    return new OutgoingMessage(
        to, content, Optional.of(given), quoted, mentions, mentionsAll, forwarded, lifetime);
  }

  public OutgoingMessage answering(ChatMessage other) {
    return new OutgoingMessage(
        to, content, id, Optional.of(other), mentions, mentionsAll, forwarded, lifetime);
  }

  public OutgoingMessage mentioning(List<Jid> persons) {
    return new OutgoingMessage(to, content, id, quoted, persons, mentionsAll, forwarded, lifetime);
  }

  public OutgoingMessage mentioningAll() {
    return new OutgoingMessage(to, content, id, quoted, mentions, true, forwarded, lifetime);
  }

  public OutgoingMessage forwarded(int times) {
    return new OutgoingMessage(to, content, id, quoted, mentions, mentionsAll, times, lifetime);
  }

  public OutgoingMessage livingFor(Duration time) {
    return new OutgoingMessage(to, content, id, quoted, mentions, mentionsAll, forwarded, time);
  }

  @Override
  public String toString() {
    return content.toString();
  }
}
