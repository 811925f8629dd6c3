package wildcat.api.v1;

import java.util.List;

/// All accounts the caller may see.
public record AccountList(boolean ok, List<AccountView> accounts) {
  public AccountList {
    accounts = List.copyOf(accounts);
  }
}
