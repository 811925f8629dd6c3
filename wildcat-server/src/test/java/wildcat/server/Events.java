package wildcat.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.Event;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// Messages and events for tests.
public final class Events {
  public static final Instant SENT_AT = Instant.ofEpochSecond(1_699_099_199);

  private Events() {}

  public static ChatMessage message(String chat, String id, String text, Origin origin) {
    Jid jid = Jid.parse(chat).orElseThrow();
    boolean fromMe = origin == Origin.API || origin == Origin.OTHER_DEVICE;
    return new ChatMessage(
        jid,
        new MessageId(id),
        fromMe ? Jid.pn("4915100000001") : jid.isGroup() ? Jid.pn("4915100000009") : jid,
        fromMe,
        SENT_AT,
        fromMe ? "" : "Ann",
        "text",
        text,
        Optional.empty(),
        List.of(),
        false,
        fromMe ? MessageStatus.SENT : MessageStatus.RECEIVED,
        origin,
        Bytes.wrap(Message.newBuilder().setConversation(text).build().toByteArray()),
        Marks.NONE);
  }

  public static Event.MessageReceived received(String chat, String id, String text) {
    return new Event.MessageReceived(message(chat, id, text, Origin.LIVE));
  }

  public static ChatMessage of(
      ChatMessage base, String type, Optional<ChatMessage.Quote> quote, List<Jid> mentions) {
    return new ChatMessage(
        base.chat(),
        base.id(),
        base.sender(),
        base.fromMe(),
        base.timestamp(),
        base.pushName(),
        type,
        base.text(),
        quote,
        mentions,
        base.forwarded(),
        base.status(),
        base.origin(),
        base.content(),
        Marks.NONE);
  }
}
