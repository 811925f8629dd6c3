package wildcat.client.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.client.event.AccountId;
import wildcat.protocol.bytes.Bytes;

/// What is still owed to the outside. A row is written in the transaction of its event and stays until
/// it is settled. Thread-safe; calls block.
public interface Outbox {
  /// Of every lane of `destination` the oldest row that is not settled, if its time has come; the oldest
  /// rows first. Lanes are per account; a lane whose oldest row waits for later gives nothing. A row that
  /// was never tried is due at once, whatever the clock says.
  ///
  /// Nothing is claimed: a row is given again until it is settled. A caller with n rows under way asks for
  /// n more than it wants.
  List<Delivery> due(String destination, Instant now, int limit) throws StoreFailed;

  /// The earliest time at which [#due] can give something for `destination`; `Instant.EPOCH` when a row
  /// was never tried.
  Optional<Instant> nextDue(String destination) throws StoreFailed;

  /// Durable when it returns. No effect for positions that are settled already.
  void settle(List<Settlement> settlements) throws StoreFailed, InterruptedException;

  /// Rows not settled, per destination: the queue's length.
  long pending(String destination) throws StoreFailed;

  /// The newest dead rows first.
  List<DeadLetter> dead(String destination, int limit) throws StoreFailed;

  /// Drops everything of a destination that no longer exists.
  void forget(String destination) throws StoreFailed, InterruptedException;

  /// @param position identifies the row; grows with time
  /// @param attempts made so far
  /// @param notBefore when the next attempt may be made; `Instant.EPOCH` when none was made
  /// @param gap whether an earlier row of the lane has died since the last delivered one
  record Delivery(
      String destination,
      long position,
      AccountId account,
      String lane,
      String eventId,
      String eventType,
      Bytes body,
      int attempts,
      Instant notBefore,
      boolean gap) {}

  /// A row that was given up.
  ///
  /// @param at when it was settled as dead
  record DeadLetter(Delivery delivery, String reason, Instant at) {}

  /// What became of an attempt.
  sealed interface Settlement {
    long position();

    record Delivered(long position) implements Settlement {}

    record Retry(long position, int attempts, Instant notBefore) implements Settlement {}

    /// Kept as a dead letter; the next row of the lane says `gap`.
    record Dead(long position, int attempts, String reason) implements Settlement {}
  }
}
