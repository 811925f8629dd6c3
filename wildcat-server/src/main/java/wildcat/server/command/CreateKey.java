package wildcat.server.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wildcat.client.event.AccountId;
import wildcat.client.store.StoreFailed;
import wildcat.server.key.Keys;
import wildcat.server.key.Scope;

/// Makes an API key.
public final class CreateKey {
  private static final int MAX_NAME_CHARACTERS = 100;
  private static final int MAX_ACCOUNTS = 1_000;
  private static final int MAX_KEYS = 10_000;

  private final Keys keys;

  public CreateKey(Keys keys) {
    this.keys = keys;
  }

  /// @param scopes their names
  /// @param accounts the only ones it may touch, which need not exist yet; empty for all
  /// @param expiresAt RFC 3339
  public record Wish(
      String name,
      List<String> scopes,
      Optional<List<String>> accounts,
      Optional<String> expiresAt) {
    public Wish {
      scopes = List.copyOf(scopes);
      accounts = accounts.map(List::copyOf);
    }
  }

  public Keys.Created create(Wish wish) throws Refusal, StoreFailed, InterruptedException {
    if (wish.name().length() > MAX_NAME_CHARACTERS) {
      throw invalid("name has at most " + MAX_NAME_CHARACTERS + " characters");
    }
    if (keys.all().size() >= MAX_KEYS) {
      throw new Refusal(Refusal.Reason.TOO_MANY, "there are " + MAX_KEYS + " keys already");
    }
    Set<Scope> scopes = scopes(wish.scopes());
    Optional<Set<AccountId>> accounts =
        wish.accounts().isEmpty() ? Optional.empty() : Optional.of(accounts(wish.accounts().get()));
    if (accounts.isPresent() && scopes.contains(Scope.ADMIN)) {
      throw invalid("an admin key cannot be limited to accounts");
    }
    Optional<Instant> expiresAt =
        wish.expiresAt().isEmpty() ? Optional.empty() : Optional.of(time(wish.expiresAt().get()));
    var created = keys.draft(new Keys.Grant(wish.name(), scopes, accounts, expiresAt));
    keys.add(created);
    return created;
  }

  private static Set<Scope> scopes(List<String> names) throws Refusal {
    var scopes = EnumSet.noneOf(Scope.class);
    for (String name : names) {
      scopes.add(
          Scope.parse(name).orElseThrow(() -> invalid("scopes are of read, send, manage, admin")));
    }
    if (scopes.isEmpty()) {
      throw invalid("a key needs a scope");
    }
    return scopes;
  }

  private static Set<AccountId> accounts(List<String> names) throws Refusal {
    if (names.isEmpty() || names.size() > MAX_ACCOUNTS) {
      throw invalid("accounts has 1 to " + MAX_ACCOUNTS + " entries; leave it out for all");
    }
    var accounts = new HashSet<AccountId>();
    for (String name : names) {
      accounts.add(AccountId.parse(name).orElseThrow(() -> invalid("accounts holds account ids")));
    }
    return accounts;
  }

  private static Instant time(String text) throws Refusal {
    try {
      return java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw invalid("expiresAt is a time like 2027-01-31T00:00:00Z");
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(Refusal.Reason.INVALID, message);
  }
}
