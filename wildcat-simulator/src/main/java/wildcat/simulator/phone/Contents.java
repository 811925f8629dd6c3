package wildcat.simulator.phone;

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
