package wildcat.server.store;

import org.jspecify.annotations.Nullable;

/// An account as the server knows it; its keys and messages are in the client's store.
///
/// @param collectionName the predecessor's name for the place of the keys; kept and shown, without use
/// @param status the last one, as `AccountState.Status` names it on the wire
/// @param stopped whether the user has disconnected it, so that it stays so after a restart
/// @param announced whether the administrator was told of the link
/// @param createdAt RFC 3339, as are `since`, `until` and `updatedAt`
public record AccountRow(
    String id,
    String name,
    String collectionName,
    String createdAt,
    String status,
    String reason,
    String since,
    @Nullable String until,
    @Nullable String updatedAt,
    boolean stopped,
    boolean announced) {

  public AccountRow withStopped(boolean next) {
    return new AccountRow(
        id,
        name,
        collectionName,
        createdAt,
        status,
        reason,
        since,
        until,
        updatedAt,
        next,
        announced);
  }

  public AccountRow withAnnounced(boolean next) {
    return new AccountRow(
        id,
        name,
        collectionName,
        createdAt,
        status,
        reason,
        since,
        until,
        updatedAt,
        stopped,
        next);
  }
}
