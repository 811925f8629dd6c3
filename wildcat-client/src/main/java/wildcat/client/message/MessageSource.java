package wildcat.client.message;

import java.time.Instant;
import java.util.Optional;
import wildcat.client.device.OwnDevice;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.MessageId;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

/// Where a received message comes from and where it belongs, as its stanza says.
/// Source: whatsmeow message.go (parseMessageSource), Baileys decode-wa-message.ts.
///
/// @param sender the device that wrote it
/// @param chat the user, group or list; without device
/// @param fromMe written by another device of this account
/// @param peer from our phone to us, not part of a chat
record MessageSource(
    Jid sender,
    Jid chat,
    boolean fromMe,
    boolean peer,
    MessageId id,
    Instant sentAt,
    String pushName,
    boolean offline) {

  /// @return empty when the stanza lacks what every message has
  static Optional<MessageSource> parse(Node stanza, OwnDevice own, Instant now) throws StoreFailed {
    Optional<Jid> from = stanza.jid("from").filter(jid -> !jid.user().isEmpty());
    String id = stanza.text("id");
    if (from.isEmpty() || id.isEmpty() || id.length() > MessageId.MAX_CHARACTERS) {
      return Optional.empty();
    }
    Jid sender = from.get();
    Jid chat = sender.withoutDevice();
    if (!sender.isUser()) {
      Optional<Jid> participant =
          stanza.jid("participant").filter(jid -> jid.isUser() && !jid.user().isEmpty());
      if (participant.isEmpty()) {
        return Optional.empty();
      }
      sender = participant.get();
      if (chat.server().equals(Jid.BROADCAST_SERVER) && !chat.equals(Jid.STATUS)) {
        chat = sender.withoutDevice(); // somebody's broadcast list is his chat to those who get it
      }
    }
    boolean fromMe = own.isSelf(sender);
    boolean peer = stanza.text("category").equals("peer");
    if (fromMe && chat.isUser()) {
      chat = stanza.jid("recipient").map(Jid::withoutDevice).orElse(chat);
    }
    return Optional.of(
        new MessageSource(
            sender,
            chat,
            fromMe,
            fromMe && peer,
            new MessageId(id),
            Times.ofSeconds(stanza.number("t"), now),
            stanza.text("notify"),
            stanza.attribute("offline").isPresent()));
  }

  Origin origin() {
    if (fromMe) {
      return Origin.OTHER_DEVICE;
    }
    return offline ? Origin.OFFLINE : Origin.LIVE;
  }
}
