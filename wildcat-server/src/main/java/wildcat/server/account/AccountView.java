package wildcat.server.account;

import java.time.Instant;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;

/// An account as it stands now.
///
/// @param collectionName the predecessor's name for the place of its keys
/// @param updatedAt when its stored status last changed
/// @param state of the live connection, or the last one
/// @param running whether this process runs it; if not, `state` is what is left of the last run
/// @param hasCode whether a QR code waits to be scanned
public record AccountView(
    AccountId id,
    String name,
    String collectionName,
    Instant createdAt,
    Optional<Instant> updatedAt,
    AccountState state,
    boolean running,
    boolean hasCode) {}
