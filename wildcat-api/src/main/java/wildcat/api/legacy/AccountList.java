package wildcat.api.legacy;

import java.util.List;

/// Answer of `GET /accounts`.
public record AccountList(boolean ok, List<AccountDocument> accounts) {
  public AccountList {
    accounts = List.copyOf(accounts);
  }
}
