package wildcat.server.command;

import java.util.Optional;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountId;
import wildcat.server.account.AccountDirectory;
import wildcat.server.account.AccountFailed;
import wildcat.server.account.AccountView;

/// The code a phone must scan now, or why there is none.
public final class ShowLinkCode {
  private final AccountDirectory accounts;

  public ShowLinkCode(AccountDirectory accounts) {
    this.accounts = accounts;
  }

  public ShownCode show(AccountId id) throws Refusal, AccountFailed {
    AccountView account = accounts.find(id).orElseThrow(() -> new AccountFailed.Unknown(id));
    Optional<ShownCode> code = accounts.linkCode(id);
    if (code.isPresent()) {
      return code.get();
    }
    throw switch (account.state().status()) {
      case CONNECTED, RESTRICTED, RECONNECTING ->
          new Refusal(
              Refusal.Reason.ALREADY_LINKED,
              "account "
                  + id
                  + " is linked already; POST /v1/accounts/"
                  + id
                  + "/logout unlinks it",
              Optional.of(account));
      case CONNECTING, WAITING_FOR_LINK, WAITING_FOR_PASSKEY ->
          new Refusal(
              Refusal.Reason.NO_CODE_YET,
              "there is no code yet, ask again in a second",
              Optional.of(account));
      case CREATED, LOGGED_OUT, DISCONNECTED, BANNED, CONFLICT, KEY_ERROR ->
          new Refusal(
              Refusal.Reason.NOT_LINKING,
              "account %s is %s and shows no code; POST /v1/accounts/%s/connect starts it"
                  .formatted(id, account.state().status().wireName(), id),
              Optional.of(account));
    };
  }
}
