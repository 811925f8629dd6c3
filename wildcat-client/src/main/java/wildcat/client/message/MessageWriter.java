package wildcat.client.message;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import wildcat.client.device.LidMap;
import wildcat.client.event.ChatMessage;
import wildcat.client.store.StoreFailed;
import wildcat.proto.ContextInfo;
import wildcat.proto.Message;
import wildcat.protocol.jid.Jid;

/// Writes what is to be sent as a Message: the content, and around it the context of a quote, mentions and
/// the rest.
final class MessageWriter {
  private MessageWriter() {}

  /// @param chat as the stanza addresses it
  /// @param lids for the author of the quoted message, who is named in the form of the chat
  static Message of(OutgoingMessage message, Jid chat, LidMap lids) throws StoreFailed {
    Message content =
        switch (message.content()) {
          case OutgoingContent.Text(String text) ->
              Message.newBuilder().setConversation(text).build();
        };
    ContextInfo context = context(message, chat, lids);
    return context.equals(ContextInfo.getDefaultInstance())
        ? content
        : Contexts.with(content, context);
  }

  private static ContextInfo context(OutgoingMessage message, Jid chat, LidMap lids)
      throws StoreFailed {
    var context = ContextInfo.newBuilder();
    for (Jid mention : message.mentions()) {
      context.addMentionedJid(mention.withoutDevice().toString());
    }
    if (message.mentionsAll()) {
      context.setNonJidMentions(1);
    }
    if (message.forwarded() > 0) {
      context.setIsForwarded(true).setForwardingScore(message.forwarded());
    }
    if (message.lifetime().isPositive()) {
      context.setExpiration((int) message.lifetime().toSeconds());
    }
    if (message.quoted().isPresent()) {
      ChatMessage quoted = message.quoted().get();
      Jid author = quoted.sender();
      context
          .setStanzaId(quoted.id().value())
          .setParticipant((chat.isLid() ? lids.lidOrSame(author) : author).toString())
          .setQuotedMessage(quotable(quoted));
    }
    return context.build();
  }

  /// The quoted message without what it quotes itself, so that a chain of answers does not grow.
  private static Message quotable(ChatMessage quoted) {
    Optional<Message> content = parsed(quoted);
    if (content.isEmpty()) {
      return Message.newBuilder().setConversation(quoted.text()).build();
    }
    return Contexts.without(
        content.get().toBuilder()
            .clearMessageContextInfo()
            .clearSenderKeyDistributionMessage()
            .build());
  }

  /// What a stored message holds; empty when it was stored without.
  static Optional<Message> parsed(ChatMessage message) {
    if (message.content().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Message.parseFrom(message.content().toArray()));
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
  }
}
