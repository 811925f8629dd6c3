package wildcat.client.message;

import wildcat.proto.ContextInfo;
import wildcat.proto.Message;

/// The one thing a Message holds, out of the many it could hold.
///
/// @param type the name in [wildcat.client.event.ChatMessage]
/// @param text what people read: the text, the caption, the question; "" when there is none
record Kind(String type, String text, ContextInfo context) {
  private static final ContextInfo NO_CONTEXT = ContextInfo.getDefaultInstance();

  /// @param m without wrappers
  static Kind of(Message m) {
    if (m.hasConversation()) {
      return new Kind("text", m.getConversation(), NO_CONTEXT);
    }
    if (m.hasExtendedTextMessage()) {
      var text = m.getExtendedTextMessage();
      return new Kind("text", text.getText(), text.getContextInfo());
    }
    Kind media = media(m);
    if (media != null) {
      return media;
    }
    Kind other = aboutMessages(m);
    if (other != null) {
      return other;
    }
    other = business(m);
    return other != null ? other : rest(m);
  }

  boolean isMedia() {
    return switch (type) {
      case "image", "video", "audio", "document", "sticker" -> true;
      default -> false;
    };
  }

  private static @org.jspecify.annotations.Nullable Kind media(Message m) {
    if (m.hasImageMessage()) {
      return new Kind(
          "image", m.getImageMessage().getCaption(), m.getImageMessage().getContextInfo());
    }
    if (m.hasVideoMessage()) {
      return new Kind(
          "video", m.getVideoMessage().getCaption(), m.getVideoMessage().getContextInfo());
    }
    if (m.hasPtvMessage()) {
      return new Kind("video", m.getPtvMessage().getCaption(), m.getPtvMessage().getContextInfo());
    }
    if (m.hasAudioMessage()) {
      return new Kind("audio", "", m.getAudioMessage().getContextInfo());
    }
    if (m.hasDocumentMessage()) {
      var document = m.getDocumentMessage();
      return new Kind("document", document.getCaption(), document.getContextInfo());
    }
    if (m.hasStickerMessage()) {
      return new Kind("sticker", "", m.getStickerMessage().getContextInfo());
    }
    if (m.hasStickerPackMessage()) {
      return new Kind("sticker_pack", "", m.getStickerPackMessage().getContextInfo());
    }
    if (m.hasAlbumMessage()) {
      return new Kind("album", "", m.getAlbumMessage().getContextInfo());
    }
    if (m.hasLocationMessage()) {
      var location = m.getLocationMessage();
      return new Kind("location", location.getComment(), location.getContextInfo());
    }
    if (m.hasLiveLocationMessage()) {
      var location = m.getLiveLocationMessage();
      return new Kind("live_location", location.getCaption(), location.getContextInfo());
    }
    if (m.hasContactMessage()) {
      return new Kind("contact", "", m.getContactMessage().getContextInfo());
    }
    if (m.hasContactsArrayMessage()) {
      return new Kind("contacts", "", m.getContactsArrayMessage().getContextInfo());
    }
    return null;
  }

  /// What refers to other messages or to the chat.
  private static @org.jspecify.annotations.Nullable Kind aboutMessages(Message m) {
    if (m.hasReactionMessage()) {
      return new Kind("reaction", m.getReactionMessage().getText(), NO_CONTEXT);
    }
    if (m.hasEncReactionMessage()) {
      return new Kind("reaction", "", NO_CONTEXT);
    }
    if (m.hasProtocolMessage()) {
      return new Kind("protocol", "", NO_CONTEXT);
    }
    if (m.hasPollUpdateMessage()) {
      return new Kind("poll_vote", "", NO_CONTEXT);
    }
    if (m.hasPinInChatMessage()) {
      return new Kind("pin", "", NO_CONTEXT);
    }
    if (m.hasKeepInChatMessage()) {
      return new Kind("keep", "", NO_CONTEXT);
    }
    if (m.hasSecretEncryptedMessage()) {
      return new Kind("encrypted_edit", "", NO_CONTEXT);
    }
    if (m.hasEncEventResponseMessage()) {
      return new Kind("event_response", "", NO_CONTEXT);
    }
    if (m.hasCommentMessage() || m.hasEncCommentMessage()) {
      return new Kind("comment", "", NO_CONTEXT);
    }
    if (m.hasPlaceholderMessage()) {
      return new Kind("placeholder", "", NO_CONTEXT);
    }
    return null;
  }

  private static @org.jspecify.annotations.Nullable Kind business(Message m) {
    if (m.hasListMessage()) {
      var list = m.getListMessage();
      return new Kind("list", list.getDescription(), list.getContextInfo());
    }
    if (m.hasListResponseMessage()) {
      var response = m.getListResponseMessage();
      return new Kind("list_response", response.getTitle(), response.getContextInfo());
    }
    if (m.hasButtonsMessage()) {
      var buttons = m.getButtonsMessage();
      return new Kind("buttons", buttons.getContentText(), buttons.getContextInfo());
    }
    if (m.hasButtonsResponseMessage()) {
      var response = m.getButtonsResponseMessage();
      return new Kind(
          "buttons_response", response.getSelectedDisplayText(), response.getContextInfo());
    }
    if (m.hasTemplateMessage()) {
      var template = m.getTemplateMessage();
      return new Kind(
          "template",
          template.getHydratedTemplate().getHydratedContentText(),
          template.getContextInfo());
    }
    if (m.hasTemplateButtonReplyMessage()) {
      var reply = m.getTemplateButtonReplyMessage();
      return new Kind("template_reply", reply.getSelectedDisplayText(), reply.getContextInfo());
    }
    if (m.hasInteractiveMessage()) {
      var interactive = m.getInteractiveMessage();
      return new Kind("interactive", interactive.getBody().getText(), interactive.getContextInfo());
    }
    if (m.hasInteractiveResponseMessage()) {
      var response = m.getInteractiveResponseMessage();
      return new Kind(
          "interactive_response", response.getBody().getText(), response.getContextInfo());
    }
    if (m.hasProductMessage()) {
      return new Kind(
          "product", m.getProductMessage().getBody(), m.getProductMessage().getContextInfo());
    }
    if (m.hasOrderMessage()) {
      return new Kind("order", "", m.getOrderMessage().getContextInfo());
    }
    return null;
  }

  private static Kind rest(Message m) {
    for (var poll :
        java.util.List.of(
            m.getPollCreationMessage(),
            m.getPollCreationMessageV2(),
            m.getPollCreationMessageV3(),
            m.getPollCreationMessageV5(),
            m.getPollCreationMessageV6())) {
      if (poll.hasName()) {
        return new Kind("poll", poll.getName(), poll.getContextInfo());
      }
    }
    if (m.hasEventMessage()) {
      return new Kind("event", m.getEventMessage().getName(), m.getEventMessage().getContextInfo());
    }
    if (m.hasGroupInviteMessage()) {
      var invite = m.getGroupInviteMessage();
      return new Kind("group_invite", invite.getCaption(), invite.getContextInfo());
    }
    if (m.hasCall() || m.hasBcallMessage()) {
      return new Kind("call", "", NO_CONTEXT);
    }
    boolean empty =
        m.toBuilder()
            .clearMessageContextInfo()
            .clearSenderKeyDistributionMessage()
            .clearFastRatchetKeySenderKeyDistributionMessage()
            .build()
            .equals(Message.getDefaultInstance());
    return new Kind(empty ? MessageContent.NONE : "unknown", "", NO_CONTEXT);
  }
}
