package wildcat.server.rest.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.api.v1.MessageSent;
import wildcat.api.v1.NewMessage;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.server.command.OnceToken;
import wildcat.server.command.SendMessage;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;

/// Sends messages of every type.
public final class MessageRoutes {
  private static final int MAX_MENTIONS = 1_024;
  private static final Duration MAX_LIFETIME = Duration.ofDays(365);

  private final SendMessage sendMessage;
  private final Map<String, ContentReader> readers;

  /// @param readers by the value of `type`
  public MessageRoutes(SendMessage sendMessage, Map<String, ContentReader> readers) {
    this.sendMessage = sendMessage;
    this.readers = Map.copyOf(readers);
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/accounts/{id}/messages", Scope.SEND, this::send)
            .says(
                Doc.of("Send a message")
                    .text("Returns when WhatsApp has it.")
                    .header(
                        "Idempotency-Key", "Sent again with the same key, the message is sent once")
                    .body(NewMessage.class)
                    .answers(200, MessageSent.class)
                    .asksWhatsApp()
                    .fails(422)));
  }

  private void send(Call call) throws Exception {
    AccountId account = AccountRoutes.id(call);
    ObjectNode body = call.body();
    String type = Fields.optionalText(body, "type").orElse("text");
    ContentReader reader = readers.get(type);
    if (reader == null) {
      throw Fields.invalid(
          "type must be one of " + String.join(", ", readers.keySet().stream().sorted().toList()));
    }
    var wish =
        new SendMessage.Wish(
            account,
            Fields.recipient(body, "to"),
            reader.read(account, body),
            Fields.persons(body, "mentions", MAX_MENTIONS),
            Fields.flag(body, "mentionsAll"),
            Fields.optionalText(body, "replyTo"),
            lifetime(body),
            onceToken(call));
    call.json(200, answer(sendMessage.send(wish)));
  }

  private static Duration lifetime(ObjectNode body) throws HttpFault {
    return Duration.ofSeconds(
        Fields.number(body, "expiresInSeconds", 0, MAX_LIFETIME.toSeconds()).orElse(0L));
  }

  static MessageSent answer(ChatMessage sent) {
    return new MessageSent(
        true,
        sent.id().value(),
        sent.chat().toString(),
        sent.timestamp().getEpochSecond(),
        sent.type(),
        sent.status().wireName());
  }

  static Optional<OnceToken> onceToken(Call call) throws HttpFault {
    Optional<String> text = call.header("Idempotency-Key");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        OnceToken.of(call.caller().keyId(), text.get())
            .orElseThrow(() -> Fields.invalid(OnceToken.RULE)));
  }
}
