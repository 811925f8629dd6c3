package wildcat.client.message;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.event.ChatMessage;
import wildcat.client.store.StoreFailed;
import wildcat.proto.ContextInfo;
import wildcat.proto.ExtendedTextMessage;
import wildcat.proto.Message;
import wildcat.protocol.jid.Jid;

/// Writes a text as a Message: plainly, or with the context of a quote and mentions.
final class TextContent {
  private TextContent() {}

  /// @param lids for the author of the quoted message, who is named in the form of the chat
  /// @param chat as the stanza addresses it
  static Message of(OutgoingText text, Jid chat, LidMap lids) throws StoreFailed {
    if (text.quoted().isEmpty() && text.mentions().isEmpty()) {
      return Message.newBuilder().setConversation(text.text()).build();
    }
    var context = ContextInfo.newBuilder();
    for (Jid mention : text.mentions()) {
      context.addMentionedJid(mention.withoutDevice().toString());
    }
    if (text.quoted().isPresent()) {
      ChatMessage quoted = text.quoted().get();
      Jid author = quoted.sender();
      context
          .setStanzaId(quoted.id().value())
          .setParticipant((chat.isLid() ? lids.lidOrSame(author) : author).toString())
          .setQuotedMessage(quotable(quoted));
    }
    return Message.newBuilder()
        .setExtendedTextMessage(
            ExtendedTextMessage.newBuilder().setText(text.text()).setContextInfo(context))
        .build();
  }

  /// The quoted message without what it quotes itself, so that a chain of answers does not grow.
  private static Message quotable(ChatMessage quoted) {
    Optional<Message> content = parse(quoted);
    if (content.isEmpty()) {
      return Message.newBuilder().setConversation(quoted.text()).build();
    }
    Message.Builder copy =
        content.get().toBuilder().clearMessageContextInfo().clearSenderKeyDistributionMessage();
    if (copy.hasExtendedTextMessage()) {
      copy.getExtendedTextMessageBuilder().clearContextInfo();
    }
    if (copy.hasImageMessage()) {
      copy.getImageMessageBuilder().clearContextInfo();
    }
    if (copy.hasVideoMessage()) {
      copy.getVideoMessageBuilder().clearContextInfo();
    }
    if (copy.hasDocumentMessage()) {
      copy.getDocumentMessageBuilder().clearContextInfo();
    }
    if (copy.hasAudioMessage()) {
      copy.getAudioMessageBuilder().clearContextInfo();
    }
    return copy.build();
  }

  private static Optional<Message> parse(ChatMessage quoted) {
    if (quoted.content().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Message.parseFrom(quoted.content().toArray()));
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
  }
}
