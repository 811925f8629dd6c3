package wildcat.server.webhook;

import java.util.List;
import wildcat.client.event.Event;

/// The names of events in the HTTP interface.
public final class EventTypes {
  private static final List<String> ALL =
      List.of(
          "message.received",
          "message.sent",
          "message.status",
          "message.undecryptable",
          "account.status",
          "account.linked",
          "contact.identity_changed",
          "chat.read",
          "chat.unread",
          "chat.updated",
          "contact.updated",
          "contact.picture",
          "contact.about",
          "contact.blocked",
          "contact.unblocked");

  private EventTypes() {}

  public static List<String> all() {
    return ALL;
  }

  static String of(Event.Durable event) {
    return switch (event) {
      case Event.MessageReceived _ -> "message.received";
      case Event.MessageSent _ -> "message.sent";
      case Event.MessageStatusChanged _ -> "message.status";
      case Event.MessageUndecryptable _ -> "message.undecryptable";
      case Event.StateChanged _ -> "account.status";
      case Event.Linked _ -> "account.linked";
      case Event.IdentityChanged _ -> "contact.identity_changed";
      case Event.ChatRead _ -> "chat.read";
      case Event.ChatMarkedUnread _ -> "chat.unread";
      case Event.ChatChanged _ -> "chat.updated";
      case Event.ContactChanged _ -> "contact.updated";
      case Event.PictureChanged _ -> "contact.picture";
      case Event.AboutChanged _ -> "contact.about";
      case Event.BlockingChanged blocking ->
          blocking.blocked() ? "contact.blocked" : "contact.unblocked";
    };
  }

  /// Whether `pattern` is an event type, a group of them (`message.*`) or everything (`*`).
  public static boolean isPattern(String pattern) {
    return ALL.stream().anyMatch(type -> matches(pattern, type));
  }

  static boolean matches(String pattern, String type) {
    return pattern.equals("*")
        || pattern.equals(type)
        || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
  }
}
