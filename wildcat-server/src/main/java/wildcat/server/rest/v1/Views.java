package wildcat.server.rest.v1;

import wildcat.api.Json;
import wildcat.api.v1.KeyView;
import wildcat.api.v1.StatusAnswer;
import wildcat.server.account.AccountView;
import wildcat.server.store.KeyRow;

/// The server's values as JSON records.
final class Views {
  private Views() {}

  static wildcat.api.v1.AccountView account(AccountView account) {
    var state = account.state();
    return new wildcat.api.v1.AccountView(
        account.id().value(),
        account.name(),
        state.status().wireName(),
        state.reason(),
        Json.time(state.since()),
        state.until().map(Json::time).orElse(null),
        account.hasCode(),
        Json.time(account.createdAt()));
  }

  static StatusAnswer status(AccountView account) {
    var state = account.state();
    return new StatusAnswer(
        true,
        account.id().value(),
        state.status().wireName(),
        state.reason(),
        Json.time(state.since()),
        state.until().map(Json::time).orElse(null),
        account.hasCode());
  }

  static KeyView key(KeyRow row) {
    return new KeyView(
        row.id(),
        row.name(),
        row.scopes(),
        row.accounts(),
        row.createdAt(),
        row.expiresAt(),
        row.lastUsedAt());
  }
}
