package wildcat.server.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.message.OutgoingContent;
import wildcat.client.message.OutgoingMessage;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.MessageArchive;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.server.account.AccountDirectory;
import wildcat.server.account.AccountFailed;
import wildcat.server.account.AccountView;

/// Sends a message; returns when WhatsApp has it.
public final class SendMessage {
  private final AccountDirectory accounts;
  private final MessageArchive archive;

  public SendMessage(AccountDirectory accounts, MessageArchive archive) {
    this.accounts = accounts;
    this.archive = archive;
  }

  /// @param quoted the id of the message it answers
  /// @param once whoever wishes the same once more with the same token gets the same message, sent once
  /// @param lifetime after which the devices drop it; zero: never
  public record Wish(
      AccountId account,
      Jid to,
      OutgoingContent content,
      List<Jid> mentions,
      boolean mentionsAll,
      Optional<String> quoted,
      Duration lifetime,
      Optional<OnceToken> once) {
    public Wish {
      mentions = List.copyOf(mentions);
    }

    /// Without anything that may be left out.
    public static Wish of(AccountId account, Jid to, OutgoingContent content) {
      return new Wish(
          account,
          to,
          content,
          List.of(),
          false,
          Optional.empty(),
          Duration.ZERO,
          Optional.empty());
    }

    @Override
    public String toString() {
      return content.toString();
    }
  }

  /// @return the message as stored
  public ChatMessage send(Wish wish)
      throws Refusal, AccountFailed, RequestFailed, StoreFailed, InterruptedException {
    AccountView account =
        accounts.find(wish.account()).orElseThrow(() -> new AccountFailed.Unknown(wish.account()));
    if (!canSend(account)) {
      throw new Refusal(
          Refusal.Reason.NOT_CONNECTED,
          "account " + account.id() + " is not connected",
          Optional.of(account));
    }
    Optional<ChatMessage> quoted =
        wish.quoted().isEmpty()
            ? Optional.empty()
            : Optional.of(quoted(account.id(), wish.quoted().get()));
    if (!wish.to().isUser()) {
      throw new Refusal(
          Refusal.Reason.UNSUPPORTED_CHAT,
          "Sending to groups, channels and lists is not possible yet");
    }
    Optional<MessageId> id = wish.once().map(token -> token.messageId(account.id()));
    if (id.isPresent()) {
      refuseOther(wish, id.get());
    }
    ChatMessage sent =
        accounts.send(
            account.id(),
            new OutgoingMessage(
                wish.to(),
                wish.content(),
                id,
                quoted,
                wish.mentions(),
                wish.mentionsAll(),
                0,
                wish.lifetime()));
    if (sent.status() == MessageStatus.FAILED) {
      throw new Refusal(
          Refusal.Reason.FAILED_BEFORE,
          "the message with this Idempotency-Key has failed; use another key to try again");
    }
    return sent;
  }

  /// The token stands for one message: another under it is a mistake of the caller.
  private void refuseOther(Wish wish, MessageId id) throws Refusal, StoreFailed {
    var earlier = archive.byId(wish.account(), id);
    if (earlier.isEmpty()) {
      return;
    }
    ChatMessage message = earlier.get().message();
    boolean otherChat =
        message.chat().server().equals(wish.to().server()) && !message.chat().equals(wish.to());
    if (otherChat || !sameContent(wish.content(), message)) {
      throw new Refusal(
          Refusal.Reason.TOKEN_REUSED, "this Idempotency-Key was used for another message");
    }
  }

  private static boolean sameContent(OutgoingContent content, ChatMessage earlier) {
    return switch (content) {
      case OutgoingContent.Text(String text) -> earlier.text().equals(text);
    };
  }

  private static boolean canSend(AccountView account) {
    Status status = account.state().status();
    return account.running() && (status == Status.CONNECTED || status == Status.RESTRICTED);
  }

  private ChatMessage quoted(AccountId account, String id) throws Refusal, StoreFailed {
    if (!id.isEmpty() && id.length() <= MessageId.MAX_CHARACTERS) {
      var found = archive.byId(account, new MessageId(id));
      if (found.isPresent()) {
        return found.get().message();
      }
    }
    throw new Refusal(Refusal.Reason.MESSAGE_UNKNOWN, "Quoted message not found");
  }
}
