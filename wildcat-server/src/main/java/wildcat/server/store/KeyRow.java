package wildcat.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An API key, by its hash.
///
/// @param sha256 of the key's text, in hex
/// @param scopes their names
/// @param accounts null for all
/// @param createdAt RFC 3339, as are `expiresAt` and `lastUsedAt`
public record KeyRow(
    String id,
    String name,
    String sha256,
    List<String> scopes,
    @Nullable List<String> accounts,
    String createdAt,
    @Nullable String expiresAt,
    @Nullable String lastUsedAt) {

  public KeyRow {
    scopes = List.copyOf(scopes);
    accounts = accounts == null ? null : List.copyOf(accounts);
  }

  public KeyRow usedAt(String time) {
    return new KeyRow(id, name, sha256, scopes, accounts, createdAt, expiresAt, time);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
