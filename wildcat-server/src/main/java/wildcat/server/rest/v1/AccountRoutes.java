package wildcat.server.rest.v1;

import java.util.List;
import wildcat.api.v1.AccountAnswer;
import wildcat.api.v1.AccountList;
import wildcat.api.v1.Done;
import wildcat.api.v1.StatusAnswer;
import wildcat.client.event.AccountId;
import wildcat.server.account.AccountDirectory;
import wildcat.server.account.AccountFailed;
import wildcat.server.account.AccountView;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;

/// Accounts: look, connect, disconnect (the link stays), log out (the link goes).
public final class AccountRoutes {
  private final AccountDirectory accounts;

  public AccountRoutes(AccountDirectory accounts) {
    this.accounts = accounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/accounts", Scope.READ, this::list)
            .says(
                Doc.of("List accounts")
                    .text("Those the key may see.")
                    .answers(200, AccountList.class)),
        Route.get("/v1/accounts/{id}", Scope.READ, this::show)
            .says(Doc.of("Get an account").answers(200, AccountAnswer.class)),
        Route.get("/v1/accounts/{id}/status", Scope.READ, this::status)
            .says(Doc.of("How an account stands").answers(200, StatusAnswer.class)),
        Route.post("/v1/accounts/{id}/connect", Scope.MANAGE, this::connect)
            .says(
                Doc.of("Connect")
                    .text("Starts it; after a logout begins a new linking.")
                    .answers(200, StatusAnswer.class)),
        Route.post("/v1/accounts/{id}/disconnect", Scope.MANAGE, this::disconnect)
            .says(
                Doc.of("Disconnect")
                    .text("The device stays linked; `connect` goes on without a new code.")
                    .answers(200, Done.class)),
        Route.post("/v1/accounts/{id}/logout", Scope.MANAGE, this::logout)
            .says(
                Doc.of("Unlink")
                    .text("Removes the device from the phone's list.")
                    .answers(200, Done.class)
                    .asksWhatsApp()));
  }

  private void list(Call call) {
    call.json(
        200,
        new AccountList(
            true,
            accounts.all().stream()
                .filter(account -> call.caller().mayTouch(account.id()))
                .map(Views::account)
                .toList()));
  }

  private void show(Call call) throws Exception {
    call.json(200, new AccountAnswer(true, Views.account(account(call))));
  }

  private void status(Call call) throws Exception {
    call.json(200, Views.status(account(call)));
  }

  private void connect(Call call) throws Exception {
    call.json(200, Views.status(accounts.connect(id(call))));
  }

  private void disconnect(Call call) throws Exception {
    accounts.disconnect(id(call));
    call.json(200, Done.DONE);
  }

  private void logout(Call call) throws Exception {
    accounts.logout(id(call));
    call.json(200, Done.DONE);
  }

  private AccountView account(Call call) throws AccountFailed, HttpFault {
    AccountId id = id(call);
    return accounts.find(id).orElseThrow(() -> new AccountFailed.Unknown(id));
  }

  static AccountId id(Call call) throws HttpFault {
    return call.account()
        .orElseThrow(() -> new HttpFault(404, "account_not_found", "there is no such account"));
  }
}
