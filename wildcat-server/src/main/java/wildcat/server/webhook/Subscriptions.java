package wildcat.server.webhook;

import java.util.List;
import java.util.Set;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.server.store.WebhookRow;

/// Who is owed an event. Read by the store's writer, replaced as a whole when the webhooks change.
final class Subscriptions {
  /// What people do to messages, and what devices tell each other: the predecessor sent these as texts
  /// without a text, which helped nobody.
  private static final Set<String> NO_MESSAGES =
      Set.of(
          "call",
          "encrypted_edit",
          "event_response",
          "keep",
          "pin",
          "placeholder",
          "poll_vote",
          "protocol",
          "reaction",
          "unknown");

  private volatile List<WebhookRow> webhooks = List.of();

  void replace(List<WebhookRow> next) {
    webhooks = List.copyOf(next);
  }

  List<String> owed(String type, Event.Durable event) {
    return webhooks.stream()
        .filter(webhook -> !webhook.disabled() && wants(webhook, type, event))
        .map(WebhookRow::id)
        .toList();
  }

  private static boolean wants(WebhookRow webhook, String type, Event.Durable event) {
    if (webhook.legacy()) {
      return predecessorSent(event);
    }
    return webhook.events().isEmpty()
        || webhook.events().stream().anyMatch(pattern -> EventTypes.matches(pattern, type));
  }

  /// Incoming messages and those typed on the phone; not those sent through the API, nothing else.
  private static boolean predecessorSent(Event.Durable event) {
    return switch (event) {
      case Event.MessageReceived(ChatMessage message) ->
          message.origin() != ChatMessage.Origin.HISTORY && isRealMessage(message);
      case Event.MessageSent(ChatMessage message) ->
          message.origin() == ChatMessage.Origin.OTHER_DEVICE && isRealMessage(message);
      case Event.MessageStatusChanged _,
          Event.MessageUndecryptable _,
          Event.StateChanged _,
          Event.Linked _,
          Event.IdentityChanged _,
          Event.ChatRead _,
          Event.ChatMarkedUnread _,
          Event.ChatChanged _,
          Event.ContactChanged _,
          Event.PictureChanged _,
          Event.AboutChanged _,
          Event.BlockingChanged _ ->
          false;
    };
  }

  private static boolean isRealMessage(ChatMessage message) {
    return !NO_MESSAGES.contains(message.type());
  }
}
