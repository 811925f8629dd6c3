package wildcat.server.webhook;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.api.Json;
import wildcat.api.event.AboutEvent;
import wildcat.api.event.BlockingEvent;
import wildcat.api.event.ChatEvent;
import wildcat.api.event.ContactEvent;
import wildcat.api.event.EventDocument;
import wildcat.api.event.PictureEvent;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.Event;
import wildcat.protocol.jid.Jid;

/// The documents of events about chats and people.
final class SocialBodies {
  private SocialBodies() {}

  static EventDocument chat(EventBodies.Head head, Event.Durable event) {
    return switch (event) {
      case Event.ChatRead(Jid chat, var upTo) ->
          chat(head, chat, Optional.of(upTo.value()), Optional.empty());
      case Event.ChatMarkedUnread(Jid chat) -> chat(head, chat, Optional.empty(), Optional.empty());
      case Event.ChatChanged(Jid chat, ChatSettings settings) ->
          chat(head, chat, Optional.empty(), Optional.of(settings));
      default -> throw new IllegalArgumentException(head.type());
    };
  }

  private static ChatEvent chat(
      EventBodies.Head head, Jid chat, Optional<String> upTo, Optional<ChatSettings> settings) {
    return new ChatEvent(
        head.type(),
        head.id(),
        head.sequence(),
        head.account().value(),
        Json.time(head.at()),
        chat.toString(),
        upTo.orElse(null),
        settings.map(ChatSettings::archived).orElse(null),
        time(settings.flatMap(ChatSettings::pinnedAt)),
        time(settings.flatMap(ChatSettings::mutedUntil)));
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Json::time).orElse(null);
  }

  static EventDocument contact(EventBodies.Head head, Event.Durable event) {
    String account = head.account().value();
    String at = Json.time(head.at());
    return switch (event) {
      case Event.ContactChanged(Contact contact) ->
          new ContactEvent(
              head.type(),
              head.id(),
              head.sequence(),
              account,
              at,
              contact.person().toString(),
              known(contact.name()),
              known(contact.pushName()),
              known(contact.verifiedName()),
              known(contact.savedName()));
      case Event.PictureChanged(Jid chat, Optional<String> picture) ->
          new PictureEvent(
              head.type(),
              head.id(),
              head.sequence(),
              account,
              at,
              chat.toString(),
              picture.orElse(null));
      case Event.AboutChanged(Jid person, String about) ->
          new AboutEvent(
              head.type(), head.id(), head.sequence(), account, at, person.toString(), about);
      case Event.BlockingChanged(Jid person, boolean _) ->
          new BlockingEvent(
              head.type(), head.id(), head.sequence(), account, at, person.toString());
      default -> throw new IllegalArgumentException(head.type());
    };
  }

  private static @Nullable String known(String name) {
    return name.isEmpty() ? null : name;
  }
}
