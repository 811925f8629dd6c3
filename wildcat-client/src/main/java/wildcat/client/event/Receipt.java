package wildcat.client.event;

import java.time.Instant;
import java.util.Optional;
import wildcat.protocol.jid.Jid;

/// How far a message of ours has come with one person. Times are those of the server.
public record Receipt(
    Jid person,
    Optional<Instant> deliveredAt,
    Optional<Instant> readAt,
    Optional<Instant> playedAt) {

  public static Receipt none(Jid person) {
    return new Receipt(person, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// Whether it was noted already that the message has come as far as that, or further.
  public boolean covers(MessageStatus status) {
    return switch (status) {
      case DELIVERED -> deliveredAt.isPresent() || readAt.isPresent() || playedAt.isPresent();
      case READ -> readAt.isPresent() || playedAt.isPresent();
      case PLAYED -> playedAt.isPresent();
      case PENDING, FAILED, SENT, RECEIVED -> true;
    };
  }

  /// With the time of one step; the first that is told of a step stays.
  public Receipt noting(MessageStatus status, Instant at) {
    return switch (status) {
      case DELIVERED ->
          new Receipt(person, deliveredAt.or(() -> Optional.of(at)), readAt, playedAt);
      case READ -> new Receipt(person, deliveredAt, readAt.or(() -> Optional.of(at)), playedAt);
      case PLAYED -> new Receipt(person, deliveredAt, readAt, playedAt.or(() -> Optional.of(at)));
      case PENDING, FAILED, SENT, RECEIVED -> this;
    };
  }

  /// What is known of the same person under another name.
  public Receipt and(Receipt other) {
    return new Receipt(
        person,
        deliveredAt.or(other::deliveredAt),
        readAt.or(other::readAt),
        playedAt.or(other::playedAt));
  }
}
