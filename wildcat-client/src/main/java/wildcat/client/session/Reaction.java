package wildcat.client.session;

import java.time.Duration;
import java.util.Optional;
import wildcat.client.event.AccountState;

/// What follows from an [Ending].
///
/// @param status where the account stands now; becomes a durable event when it differs from before
/// @param reason for people; "" when the status says it all
/// @param keys what happens to the keys
/// @param next when to connect again
/// @param alarm whether somebody has to act: logged as an error
record Reaction(AccountState.Status status, String reason, Keys keys, Next next, boolean alarm) {

  enum Keys {
    KEPT,
    /// Moved out of the way: the device is no longer linked.
    QUARANTINED
  }

  /// When to connect again.
  sealed interface Next {
    /// With the usual jitter and growing distance, but not before `atLeast`.
    record BackOff(Duration atLeast) implements Next {}

    record AtOnce() implements Next {}

    /// After a ban.
    record After(Duration delay) implements Next {}

    /// Not by itself.
    record Never() implements Next {}
  }

  /// When a ban ends.
  Optional<Duration> banned() {
    return next instanceof Next.After(Duration delay) ? Optional.of(delay) : Optional.empty();
  }
}
