package wildcat.client.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.jid.Jid;

/// What became of a message after it was written.
///
/// @param reactions one per person, at most [#MAX_PERSONS]
/// @param editedAt when its text was changed last
/// @param revocation who has deleted it for everyone
/// @param starred by ourselves
/// @param pinnedUntil until when it stands at the head of its chat
/// @param votes on the poll that it is; one per person, at most [#MAX_PERSONS]
public record Marks(
    List<Reaction> reactions,
    Optional<Instant> editedAt,
    Optional<Revocation> revocation,
    boolean starred,
    Optional<Instant> pinnedUntil,
    List<Vote> votes) {
  public static final Marks NONE =
      new Marks(List.of(), Optional.empty(), Optional.empty(), false, Optional.empty(), List.of());

  /// More than the members of the largest group.
  public static final int MAX_PERSONS = 2_048;

  public Marks {
    reactions = List.copyOf(reactions);
    votes = List.copyOf(votes);
  }

  /// What somebody thinks of it.
  ///
  /// @param emoji an emoji, as the sender chose it
  public record Reaction(Jid sender, String emoji, Instant at) {
    @Override
    public String toString() {
      return "reaction";
    }
  }

  /// Deleted for everyone.
  public record Revocation(Jid by, Instant at) {}

  /// What somebody chose in a poll.
  ///
  /// @param options numbers of the poll's options, from 0; empty: withdrawn
  public record Vote(Jid voter, List<Integer> options, Instant at) {
    public Vote {
      options = List.copyOf(options);
    }

    @Override
    public String toString() {
      return "vote";
    }
  }

  /// With `reaction` in place of an earlier one of the same person; an empty emoji removes it. Unchanged when
  /// the earlier one is younger.
  public Marks with(Reaction reaction) {
    var next = new ArrayList<Reaction>(reactions.size() + 1);
    for (Reaction earlier : reactions) {
      if (!earlier.sender().equals(reaction.sender())) {
        next.add(earlier);
      } else if (earlier.at().isAfter(reaction.at())) {
        return this;
      }
    }
    if (!reaction.emoji().isEmpty() && next.size() < MAX_PERSONS) {
      next.add(reaction);
    }
    return new Marks(next, editedAt, revocation, starred, pinnedUntil, votes);
  }

  /// With `vote` in place of an earlier one of the same person. Unchanged when the earlier one is younger.
  public Marks with(Vote vote) {
    var next = new ArrayList<Vote>(votes.size() + 1);
    for (Vote earlier : votes) {
      if (!earlier.voter().equals(vote.voter())) {
        next.add(earlier);
      } else if (earlier.at().isAfter(vote.at())) {
        return this;
      }
    }
    if (next.size() < MAX_PERSONS) {
      next.add(vote);
    }
    return new Marks(reactions, editedAt, revocation, starred, pinnedUntil, next);
  }

  public Marks edited(Instant at) {
    return new Marks(reactions, Optional.of(at), revocation, starred, pinnedUntil, votes);
  }

  public Marks revoked(Revocation by) {
    return new Marks(List.of(), editedAt, Optional.of(by), starred, Optional.empty(), votes);
  }

  public Marks starred(boolean now) {
    return new Marks(reactions, editedAt, revocation, now, pinnedUntil, votes);
  }

  public Marks pinned(Optional<Instant> until) {
    return new Marks(reactions, editedAt, revocation, starred, until, votes);
  }
}
