package wildcat.server.rest.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wildcat.api.Json;
import wildcat.api.legacy.AccountAnswer;
import wildcat.api.legacy.AccountCreated;
import wildcat.api.legacy.AccountDeleted;
import wildcat.api.legacy.AccountDocument;
import wildcat.api.legacy.AccountList;
import wildcat.api.legacy.Connecting;
import wildcat.api.legacy.NewAccount;
import wildcat.api.legacy.Ping;
import wildcat.api.legacy.Status;
import wildcat.api.legacy.Told;
import wildcat.client.WildcatClient.ShownCode;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.server.account.AccountDirectory;
import wildcat.server.account.AccountFailed;
import wildcat.server.account.AccountView;
import wildcat.server.command.CreateAccount;
import wildcat.server.command.Refusal;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;
import wildcat.server.rest.http.Route.Method;

/// Accounts and their connections as the predecessor had them.
public final class LegacyAccounts {
  private final AccountDirectory accounts;
  private final CreateAccount createAccount;
  private final InstantSource clock;

  public LegacyAccounts(AccountDirectory accounts, InstantSource clock) {
    this.accounts = accounts;
    this.createAccount = new CreateAccount(accounts);
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.open(Method.GET, "/ping", this::ping)
            .says(Doc.of("Is the process alive").answers(200, Ping.class)),
        Route.post("/accounts", Scope.MANAGE, this::create)
            .says(
                Doc.of("Create an account and start linking it")
                    .body(NewAccount.class)
                    .answers(201, AccountCreated.class)),
        Route.get("/accounts", Scope.READ, this::list)
            .says(Doc.of("List accounts").answers(200, AccountList.class)),
        Route.get("/accounts/{id}", Scope.READ, this::show)
            .says(Doc.of("Get an account").answers(200, AccountAnswer.class)),
        Route.delete("/accounts/{id}", Scope.MANAGE, this::delete)
            .says(
                Doc.of("Delete an account")
                    .flag("purge", "Whether its messages and events go too")
                    .answers(200, AccountDeleted.class)),
        Route.get("/accounts/{id}/status", Scope.READ, this::status)
            .says(Doc.of("How an account stands, with its QR code").answers(200, Status.class)),
        Route.post("/accounts/{id}/connect", Scope.MANAGE, this::connect)
            .says(Doc.of("Connect").answers(200, Connecting.class)),
        Route.post("/accounts/{id}/disconnect", Scope.MANAGE, this::disconnect)
            .says(Doc.of("Disconnect; the device stays linked").answers(200, Told.class)));
  }

  private void ping(Call call) {
    call.json(200, new Ping(true, true, Json.time(clock.instant())));
  }

  private void create(Call call) throws Exception {
    ObjectNode body = call.body();
    JsonNode id = body.path("id");
    if (Call.isFalsy(id)) {
      throw LegacyFault.of(400, "id is required");
    }
    if (!id.isTextual()) {
      throw LegacyFault.of(400, CreateAccount.ID_RULE);
    }
    Optional<String> name = text(body, "name");
    Optional<String> collection = text(body, "collectionName");
    if (!call.caller().mayTouchAll()
        && AccountId.parse(id.textValue()).filter(call.caller()::mayTouch).isEmpty()) {
      throw HttpFault.forbidden("this key is for other accounts");
    }
    try {
      AccountView account = createAccount.create(id.textValue(), name.orElse(""), collection);
      call.json(
          201,
          new AccountCreated(
              true,
              new AccountCreated.Account(
                  account.id().value(),
                  account.name(),
                  account.collectionName(),
                  "created",
                  account.id().value())));
    } catch (AccountFailed.Exists _) {
      throw LegacyFault.of(400, "Account already exists");
    } catch (Refusal e) {
      throw LegacyFault.of(400, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> text(ObjectNode body, String field) throws HttpFault {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw LegacyFault.of(400, field + " must be a string");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
  }

  private void list(Call call) {
    call.json(
        200,
        new AccountList(
            true,
            accounts.all().stream()
                .filter(account -> call.caller().mayTouch(account.id()))
                .map(LegacyAccounts::document)
                .toList()));
  }

  private void show(Call call) throws HttpFault {
    call.json(200, new AccountAnswer(true, document(account(call, accounts))));
  }

  private void delete(Call call) throws Exception {
    Optional<AccountId> id = call.account();
    boolean purge = call.query("purge").filter("true"::equals).isPresent();
    String collection = id.isEmpty() ? null : deleted(id.get(), purge);
    call.json(200, new AccountDeleted(true, "Account deleted", collection));
  }

  private @Nullable String deleted(AccountId id, boolean purge)
      throws HttpFault, InterruptedException {
    try {
      return accounts.delete(id, purge).collectionName();
    } catch (AccountFailed _) {
      return null;
    } catch (StoreFailed _) {
      throw LegacyFault.internal();
    }
  }

  private void status(Call call) throws Exception {
    AccountView account = account(call, accounts);
    String status =
        LegacyStatus.live(account)
            .orElseThrow(() -> LegacyFault.of(404, "Account not found or not started"));
    call.json(
        200,
        new Status(
            true,
            account.id().value(),
            status,
            qr(account, status, call.caller().may(Scope.MANAGE)),
            account.collectionName()));
  }

  /// The code while one is pending, null before the first, absent once there was an update without. Who may
  /// only read gets no code: whoever scans it has the account's place.
  private @Nullable JsonNode qr(AccountView account, String status, boolean mayLink)
      throws AccountFailed {
    Optional<ShownCode> code = accounts.linkCode(account.id());
    if (code.isPresent() && mayLink) {
      return JsonNodeFactory.instance.textNode(code.get().text());
    }
    return status.equals("connecting") ? JsonNodeFactory.instance.nullNode() : null;
  }

  private void connect(Call call) throws Exception {
    AccountView known = account(call, accounts);
    try {
      AccountView account = accounts.connect(known.id());
      call.json(
          200,
          new Connecting(
              true,
              account.id().value(),
              LegacyStatus.live(account).orElse("connecting"),
              "Connection initiated. Check /accounts/" + account.id() + "/status for QR code"));
    } catch (StoreFailed _) {
      throw LegacyFault.of(500, "Failed to connect");
    }
  }

  private void disconnect(Call call) throws Exception {
    AccountView known = account(call, accounts);
    try {
      accounts.disconnect(known.id());
      call.json(200, new Told(true, "Account disconnected"));
    } catch (StoreFailed _) {
      throw LegacyFault.of(500, "Failed to disconnect");
    }
  }

  static AccountView account(Call call, AccountDirectory accounts) throws HttpFault {
    return call.account().flatMap(accounts::find).orElseThrow(LegacyFault::accountNotFound);
  }

  private static AccountDocument document(AccountView account) {
    return new AccountDocument(
        account.id().value(),
        account.name(),
        account.collectionName(),
        Json.time(account.createdAt()),
        LegacyStatus.stored(account),
        account.updatedAt().map(Json::time).orElse(null),
        LegacyStatus.live(account).orElse(LegacyStatus.NOT_STARTED),
        account.hasCode(),
        account.id().value());
  }
}
