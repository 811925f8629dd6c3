package wildcat.simulator.phone;

import wildcat.proto.FutureProofMessage;
import wildcat.proto.Message;

/// What a person would see of a message.
final class Contents {
  private Contents() {}

  static String text(Message message) {
    if (message.hasConversation()) {
      return message.getConversation();
    }
    return message.hasExtendedTextMessage() ? message.getExtendedTextMessage().getText() : "";
  }

  /// The Message inside the wrappers that attachments come in.
  static Message unwrapped(Message message) {
    Message inner = message;
    for (int depth = 0; depth < 5; depth++) {
      FutureProofMessage wrapper =
          inner.hasDocumentWithCaptionMessage()
              ? inner.getDocumentWithCaptionMessage()
              : inner.hasViewOnceMessage()
                  ? inner.getViewOnceMessage()
                  : inner.getEphemeralMessage();
      if (!wrapper.hasMessage()) {
        return inner;
      }
      inner = wrapper.getMessage();
    }
    return inner;
  }

  /// What a stanza says openly of an attachment; "" for messages without.
  static String mediaType(Message message) {
    Message m = unwrapped(message);
    if (m.hasImageMessage()) {
      return "image";
    }
    if (m.hasStickerMessage()) {
      return "sticker";
    }
    if (m.hasVideoMessage()) {
      return m.getVideoMessage().getGifPlayback() ? "gif" : "video";
    }
    if (m.hasPtvMessage()) {
      return "ptv";
    }
    if (m.hasAudioMessage()) {
      return m.getAudioMessage().getPtt() ? "ptt" : "audio";
    }
    return m.hasDocumentMessage() ? "document" : "";
  }

  static boolean isText(Message message) {
    return message.hasConversation() || message.hasExtendedTextMessage();
  }

  /// Name of the first content field, or "unknown".
  static String kind(Message message) {
    return message.getAllFields().keySet().stream()
        .map(field -> field.getName())
        .filter(name -> !name.equals("messageContextInfo"))
        .findFirst()
        .orElse("unknown");
  }
}
