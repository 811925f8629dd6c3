package wildcat.server.key;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import wildcat.api.Json;
import wildcat.client.event.AccountId;
import wildcat.client.store.Records;
import wildcat.client.store.StoreFailed;
import wildcat.server.store.KeyRow;
import wildcat.server.store.Rows;

/// All API keys, held in memory and in the store. Thread-safe.
public final class Keys {
  private static final Duration USE_KEPT_EVERY = Duration.ofHours(1);

  private final Rows<KeyRow> rows;
  private final Map<String, KeyRow> keys = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final RandomGenerator random;

  private Keys(Rows<KeyRow> rows, InstantSource clock, RandomGenerator random) {
    this.rows = rows;
    this.clock = clock;
    this.random = random;
  }

  public static Keys load(Records records, InstantSource clock, RandomGenerator random)
      throws StoreFailed {
    var keys = new Keys(new Rows<>(records, "keys", KeyRow.class), clock, random);
    keys.keys.putAll(keys.rows.all());
    return keys;
  }

  /// A key that was just made; its text is known only here.
  public record Created(KeyText text, KeyRow row) {}

  /// What a key is to allow.
  ///
  /// @param accounts the only ones it may touch, or empty for all
  public record Grant(
      String name,
      Set<Scope> scopes,
      Optional<Set<AccountId>> accounts,
      Optional<Instant> expiresAt) {
    public Grant {
      scopes = Set.copyOf(scopes);
      accounts = accounts.map(Set::copyOf);
    }

    public static Grant admin(String name) {
      return new Grant(name, Set.of(Scope.ADMIN), Optional.empty(), Optional.empty());
    }
  }

  /// Makes the text and the record of a key without storing it: [#add] makes it valid. In two steps, so
  /// that the text can be brought to safety first.
  public Created draft(Grant grant) {
    KeyText text = KeyText.generate(random);
    var row =
        new KeyRow(
            text.id(),
            grant.name(),
            text.sha256(),
            grant.scopes().stream().sorted().map(Scope::wireName).toList(),
            grant
                .accounts()
                .map(ids -> ids.stream().map(AccountId::value).sorted().toList())
                .orElse(null),
            Json.time(clock.instant()),
            grant.expiresAt().map(Json::time).orElse(null),
            null);
    return new Created(text, row);
  }

  public void add(Created created) throws StoreFailed, InterruptedException {
    rows.insert(created.row().id(), created.row());
    keys.put(created.row().id(), created.row());
  }

  /// @return whether there was such a key
  public boolean revoke(String id) throws StoreFailed, InterruptedException {
    boolean existed = rows.remove(id);
    return keys.remove(id) != null || existed;
  }

  /// By time of creation.
  public List<KeyRow> all() {
    return keys.values().stream()
        .sorted(java.util.Comparator.comparing(KeyRow::createdAt).thenComparing(KeyRow::id))
        .toList();
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /// Whose key this is; empty when it is no key, unknown, revoked or expired.
  public Optional<Caller> authenticate(String text) throws StoreFailed, InterruptedException {
    Optional<KeyText> key = KeyText.parse(text);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    KeyRow row = keys.get(key.get().id());
    if (row == null || !key.get().hashesTo(row.sha256())) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (row.expiresAt() != null && !now.isBefore(Instant.parse(row.expiresAt()))) {
      return Optional.empty();
    }
    rememberUse(row, now);
    return Optional.of(caller(row));
  }

  /// What a key allows now, for somebody who has shown it before; empty when it was revoked or has expired.
  public Optional<Caller> caller(String id) {
    Instant now = clock.instant();
    return Optional.ofNullable(keys.get(id))
        .filter(row -> row.expiresAt() == null || now.isBefore(Instant.parse(row.expiresAt())))
        .map(Keys::caller);
  }

  private void rememberUse(KeyRow row, Instant now) throws StoreFailed, InterruptedException {
    if (row.lastUsedAt() != null
        && now.isBefore(Instant.parse(row.lastUsedAt()).plus(USE_KEPT_EVERY))) {
      return;
    }
    KeyRow used = row.usedAt(Json.time(now));
    // replace, not put: a key that is revoked right now must not come back
    if (keys.replace(row.id(), row, used)) {
      rows.put(row.id(), used);
      if (!keys.containsKey(row.id())) {
        rows.remove(row.id());
      }
    }
  }

  private static Caller caller(KeyRow row) {
    var scopes = new ArrayList<Scope>();
    row.scopes().forEach(name -> Scope.parse(name).ifPresent(scopes::add));
    return new Caller(
        row.id(),
        Set.copyOf(scopes),
        Optional.ofNullable(row.accounts())
            .map(ids -> ids.stream().map(AccountId::new).collect(Collectors.toSet())));
  }
}
