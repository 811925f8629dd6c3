package wildcat.server.key;

import java.util.Optional;
import java.util.Set;
import wildcat.client.event.AccountId;

/// Who calls.
///
/// @param keyId for logs; `none` when the server runs without authentication
/// @param accounts the only ones it may touch, or empty for all
public record Caller(String keyId, Set<Scope> scopes, Optional<Set<AccountId>> accounts) {
  /// Everybody, when authentication is off.
  public static final Caller ANYBODY = new Caller("none", Set.of(Scope.ADMIN), Optional.empty());

  public Caller {
    scopes = Set.copyOf(scopes);
    accounts = accounts.map(Set::copyOf);
  }

  public boolean may(Scope scope) {
    return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
  }

  public boolean mayTouch(AccountId account) {
    return accounts.isEmpty() || accounts.get().contains(account);
  }

  /// Whether nothing about accounts is closed to it.
  public boolean mayTouchAll() {
    return accounts.isEmpty();
  }
}
