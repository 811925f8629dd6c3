package wildcat.server.rest.v1;

import java.util.List;
import wildcat.api.v1.AccountAnswer;
import wildcat.api.v1.AccountList;
import wildcat.api.v1.Done;
import wildcat.client.event.AccountId;
import wildcat.server.account.AccountDirectory;
import wildcat.server.account.AccountFailed;
import wildcat.server.account.AccountView;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
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
        Route.get("/v1/accounts", Scope.READ, this::list),
        Route.get("/v1/accounts/{id}", Scope.READ, this::show),
        Route.get("/v1/accounts/{id}/status", Scope.READ, this::status),
        Route.post("/v1/accounts/{id}/connect", Scope.MANAGE, this::connect),
        Route.post("/v1/accounts/{id}/disconnect", Scope.MANAGE, this::disconnect),
        Route.post("/v1/accounts/{id}/logout", Scope.MANAGE, this::logout));
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
