package wildcat.client.event;

import java.time.Instant;
import java.util.Optional;

/// How the user has arranged a chat. Kept by us: the phone is not told and does not tell.
///
/// @param pinnedAt since when it stands at the head of the list
/// @param mutedUntil [#FOREVER] when it has no end; one in the past counts as not muted
public record ChatSettings(
    boolean archived, Optional<Instant> pinnedAt, Optional<Instant> mutedUntil) {
  public static final ChatSettings NONE =
      new ChatSettings(false, Optional.empty(), Optional.empty());

  /// 31 December 9999.
  public static final Instant FOREVER = Instant.ofEpochSecond(253_402_214_400L);

  public ChatSettings withArchived(boolean next) {
    return new ChatSettings(next, pinnedAt, mutedUntil);
  }

  public ChatSettings withPinnedAt(Optional<Instant> next) {
    return new ChatSettings(archived, next, mutedUntil);
  }

  public ChatSettings withMutedUntil(Optional<Instant> next) {
    return new ChatSettings(archived, pinnedAt, next);
  }
}
