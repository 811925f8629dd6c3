package wildcat.api.legacy;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Answer of `POST /accounts`.
public record AccountCreated(boolean ok, Account account) {

  /// The id under both names: the predecessor said `id` here and `_id` in its lists.
  public record Account(
      String id,
      String name,
      String collectionName,
      String status,
      @JsonProperty("_id") String underscoreId) {}
}
