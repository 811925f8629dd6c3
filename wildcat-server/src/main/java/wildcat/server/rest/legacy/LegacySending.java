package wildcat.server.rest.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.api.legacy.Failure;
import wildcat.api.legacy.NewText;
import wildcat.api.legacy.Sent;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.message.OutgoingContent;
import wildcat.client.session.NotConnected;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.server.account.AccountDirectory;
import wildcat.server.account.AccountFailed;
import wildcat.server.account.AccountView;
import wildcat.server.command.OnceToken;
import wildcat.server.command.Recipient;
import wildcat.server.command.Refusal;
import wildcat.server.command.SendMessage;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.Failures;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;

/// `POST /message/send` and `/message/reply`. The order of the checks is the predecessor's: required fields,
/// address, length, mentions, account there, account connected, quoted message.
public final class LegacySending {
  private static final String BAD_ADDRESS =
      "Invalid WhatsApp JID format for \"to\" field. "
          + "Expected format: 1234567890@s.whatsapp.net or 123456789@g.us";
  private static final String BAD_LENGTH =
      "Message length invalid. Must be between 1 and 65536 characters";

  private final SendMessage sendMessage;
  private final AccountDirectory accounts;

  public LegacySending(SendMessage sendMessage, AccountDirectory accounts) {
    this.sendMessage = sendMessage;
    this.accounts = accounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.post(
                "/accounts/{id}/message/send",
                Scope.SEND,
                call -> send(call, false, "to and message are required"))
            .says(declared("Send a text")),
        Route.post(
                "/accounts/{id}/message/reply",
                Scope.SEND,
                call -> send(call, true, "to, message, and quotedMessageId are required"))
            .says(declared("Answer a message")));
  }

  private static Doc declared(String summary) {
    return Doc.of(summary)
        .header("Idempotency-Key", "Sent again with the same key, the message is sent once")
        .body(NewText.class)
        .answers(200, Sent.class)
        .fails(422);
  }

  private void send(Call call, boolean mustQuote, String required) throws Exception {
    // a path that the predecessor had not mounted: before all other checks
    AccountId account = LegacyAccounts.account(call, accounts).id();
    ObjectNode body = call.body();
    JsonNode to = body.path("to");
    JsonNode message = body.path("message");
    JsonNode quoted = body.path("quotedMessageId");
    if (Call.isFalsy(to) || Call.isFalsy(message) || (mustQuote && Call.isFalsy(quoted))) {
      throw LegacyFault.of(400, required);
    }
    Jid chat =
        Optional.of(to)
            .filter(JsonNode::isTextual)
            .flatMap(text -> Recipient.parse(text.textValue()))
            .orElseThrow(() -> LegacyFault.of(400, BAD_ADDRESS));
    if (!message.isTextual()
        || message.textValue().length() > OutgoingContent.Text.MAX_CHARACTERS) {
      throw LegacyFault.of(400, BAD_LENGTH);
    }
    List<Jid> mentions = mentions(body.path("mentions"));
    answer(
        call,
        new SendMessage.Wish(
            account,
            chat,
            new OutgoingContent.Text(message.textValue()),
            mentions,
            false,
            quotedId(quoted),
            Duration.ZERO,
            onceToken(call)));
  }

  private static Optional<OnceToken> onceToken(Call call) throws HttpFault {
    Optional<String> text = call.header("Idempotency-Key");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        OnceToken.of(call.caller().keyId(), text.get())
            .orElseThrow(() -> LegacyFault.of(400, OnceToken.RULE)));
  }

  private void answer(Call call, SendMessage.Wish wish) throws HttpFault, InterruptedException {
    try {
      ChatMessage sent = sendMessage.send(wish);
      call.json(200, new Sent(true, sent.id().value(), sent.timestamp().getEpochSecond()));
    } catch (Refusal e) {
      refused(call, e);
    } catch (AccountFailed _) {
      throw LegacyFault.accountNotFound();
    } catch (NotConnected _) {
      notConnected(call, accounts.find(wish.account()));
    } catch (RequestFailed | StoreFailed e) {
      throw LegacyFault.of(500, Failures.of(e).error());
    }
  }

  private static void refused(Call call, Refusal refusal) throws HttpFault {
    switch (refusal.reason()) {
      case NOT_CONNECTED -> notConnected(call, refusal.account());
      case MESSAGE_UNKNOWN -> throw LegacyFault.of(404, "Quoted message not found");
      case FAILED_BEFORE -> throw LegacyFault.of(500, String.valueOf(refusal.getMessage()));
      case UNSUPPORTED_CHAT, TOKEN_REUSED ->
          throw LegacyFault.of(422, String.valueOf(refusal.getMessage()));
      default -> throw LegacyFault.of(400, String.valueOf(refusal.getMessage()));
    }
  }

  /// The predecessor had no socket for an account that is stopped, so it knew of no account.
  private static void notConnected(Call call, Optional<AccountView> account) throws HttpFault {
    String status = account.flatMap(LegacyStatus::live).orElseThrow(LegacyFault::accountNotFound);
    call.json(400, new Failure(false, "Account not connected", status));
  }

  private static List<Jid> mentions(JsonNode value) throws HttpFault {
    if (Call.isFalsy(value)) {
      return List.of();
    }
    var mentions = new ArrayList<Jid>();
    if (!value.isArray()) {
      throw badMention();
    }
    for (JsonNode one : value) {
      mentions.add(
          Optional.of(one)
              .filter(JsonNode::isTextual)
              .flatMap(text -> Recipient.parse(text.textValue()))
              .orElseThrow(LegacySending::badMention));
    }
    return mentions;
  }

  private static HttpFault badMention() {
    return LegacyFault.of(400, "Invalid JID format in mentions array");
  }

  private static Optional<String> quotedId(JsonNode value) throws HttpFault {
    if (Call.isFalsy(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw LegacyFault.of(400, "quotedMessageId must be a string");
    }
    return Optional.of(value.textValue());
  }
}
