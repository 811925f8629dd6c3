package wildcat.server.webhook;

import java.time.Instant;
import java.util.Locale;
import wildcat.api.Json;
import wildcat.api.event.AccountLinkedEvent;
import wildcat.api.event.AccountStatusEvent;
import wildcat.api.event.EventDocument;
import wildcat.api.event.IdentityChangedEvent;
import wildcat.api.event.MessageEvent;
import wildcat.api.event.MessageStatusEvent;
import wildcat.api.event.MessageUndecryptableEvent;
import wildcat.api.event.QuotedMessage;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.Event;
import wildcat.protocol.jid.Jid;
import wildcat.server.content.MessageJson;

/// The documents of events.
final class EventBodies {
  /// What all documents begin with.
  record Head(String type, String id, long sequence, AccountId account, Instant at) {}

  private EventBodies() {}

  static EventDocument of(Head head, Event.Durable event) {
    return switch (event) {
      case Event.MessageReceived(ChatMessage message) -> message(head, message);
      case Event.MessageSent(ChatMessage message) -> message(head, message);
      case Event.MessageStatusChanged status -> status(head, status);
      case Event.MessageUndecryptable lost -> undecryptable(head, lost);
      case Event.StateChanged(AccountState state) -> state(head, state);
      case Event.Linked(Jid pn, Jid lid, String platform) ->
          new AccountLinkedEvent(
              head.type,
              head.id,
              head.sequence,
              head.account.value(),
              Json.time(head.at),
              pn.toString(),
              lid.toString(),
              platform);
      case Event.ChatRead _, Event.ChatMarkedUnread _, Event.ChatChanged _ ->
          SocialBodies.chat(head, event);
      case Event.ContactChanged _,
          Event.PictureChanged _,
          Event.AboutChanged _,
          Event.BlockingChanged _ ->
          SocialBodies.contact(head, event);
      case Event.IdentityChanged(Jid user) ->
          new IdentityChangedEvent(
              head.type,
              head.id,
              head.sequence,
              head.account.value(),
              Json.time(head.at),
              user.toString());
    };
  }

  /// What is delivered in order: the chat, or `account`.
  static String lane(Event.Durable event) {
    return switch (event) {
      case Event.MessageReceived(ChatMessage message) -> message.chat().toString();
      case Event.MessageSent(ChatMessage message) -> message.chat().toString();
      case Event.MessageStatusChanged status -> status.chat().toString();
      case Event.MessageUndecryptable lost -> lost.chat().toString();
      case Event.StateChanged _, Event.Linked _ -> "account";
      case Event.IdentityChanged(Jid user) -> user.toString();
      case Event.ChatRead read -> read.chat().toString();
      case Event.ChatMarkedUnread(Jid chat) -> chat.toString();
      case Event.ChatChanged changed -> changed.chat().toString();
      case Event.ContactChanged(var contact) -> contact.person().toString();
      case Event.PictureChanged picture -> picture.chat().toString();
      case Event.AboutChanged about -> about.person().toString();
      case Event.BlockingChanged blocking -> blocking.person().toString();
    };
  }

  private static MessageEvent message(Head head, ChatMessage message) {
    String chat = message.chat().toString();
    String sender = message.sender().toString();
    return new MessageEvent(
        head.type,
        head.id,
        head.sequence,
        head.account.value(),
        Json.time(head.at),
        message.id().value(),
        message.id().value(),
        chat,
        chat,
        message.chat().isUser() ? null : sender,
        message.pushName().isEmpty() ? null : message.pushName(),
        message.fromMe(),
        message.timestamp().getEpochSecond(),
        message.type(),
        message.text().isEmpty() ? null : message.text(),
        MessageJson.of(message.content()).orElse(null),
        MessageJson.mediaType(message.type()).isPresent(),
        null,
        MessageJson.mediaType(message.type()).orElse(null),
        message.quote().map(EventBodies::quoted).orElse(null),
        message.mentions().stream().map(Jid::toString).toList(),
        Json.time(head.at),
        sender,
        message.forwarded(),
        message.status().wireName(),
        message.origin().name().toLowerCase(Locale.ROOT));
  }

  private static QuotedMessage quoted(ChatMessage.Quote quote) {
    return new QuotedMessage(
        quote.id().value(),
        quote.participant().toString(),
        quote.text().isEmpty() ? null : quote.text(),
        quote.hasMedia());
  }

  private static MessageStatusEvent status(Head head, Event.MessageStatusChanged status) {
    return new MessageStatusEvent(
        head.type,
        head.id,
        head.sequence,
        head.account.value(),
        Json.time(head.at),
        status.id().value(),
        status.id().value(),
        status.chat().toString(),
        status.status().wireName(),
        status.code().orElse(null),
        status.participant().map(Jid::toString).orElse(null),
        status.at().getEpochSecond());
  }

  private static MessageUndecryptableEvent undecryptable(
      Head head, Event.MessageUndecryptable lost) {
    return new MessageUndecryptableEvent(
        head.type,
        head.id,
        head.sequence,
        head.account.value(),
        Json.time(head.at),
        lost.id().value(),
        lost.id().value(),
        lost.chat().toString(),
        lost.sender().toString(),
        lost.reason().toLowerCase(Locale.ROOT),
        lost.attempts());
  }

  private static AccountStatusEvent state(Head head, AccountState state) {
    return new AccountStatusEvent(
        head.type,
        head.id,
        head.sequence,
        head.account.value(),
        Json.time(head.at),
        state.status().wireName(),
        state.reason(),
        Json.time(state.since()),
        state.until().map(Json::time).orElse(null));
  }
}
