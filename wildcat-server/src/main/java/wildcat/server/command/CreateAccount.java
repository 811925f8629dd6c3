package wildcat.server.command;

import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.server.account.AccountDirectory;
import wildcat.server.account.AccountFailed;
import wildcat.server.account.AccountView;
import wildcat.server.account.NewAccount;

/// Creates an account and starts linking it.
public final class CreateAccount {
  public static final String ID_RULE = "id must be 1 to 64 of A-Z a-z 0-9 . _ -";
  private static final int MAX_NAME_CHARACTERS = 200;

  private final AccountDirectory accounts;

  public CreateAccount(AccountDirectory accounts) {
    this.accounts = accounts;
  }

  /// @param collectionName empty for the default, `auth_<id>`
  public AccountView create(String id, String name, Optional<String> collectionName)
      throws Refusal, AccountFailed, StoreFailed, InterruptedException {
    AccountId account =
        AccountId.parse(id).orElseThrow(() -> new Refusal(Refusal.Reason.INVALID, ID_RULE));
    String collection = collectionName.orElse("auth_" + id);
    if (name.length() > MAX_NAME_CHARACTERS || collection.length() > MAX_NAME_CHARACTERS) {
      throw new Refusal(
          Refusal.Reason.INVALID,
          "name and collectionName have at most " + MAX_NAME_CHARACTERS + " characters");
    }
    return accounts.create(new NewAccount(account, name, collection));
  }
}
