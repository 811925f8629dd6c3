package wildcat.client.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How the last attempts to be connected went, and so when the next one may follow. For the account's thread.
final class Attempts {
  private final BackOff backOff;
  private int tooOld;
  private int restarts;

  Attempts(RandomGenerator random) {
    backOff = new BackOff(random);
  }

  Reaction react(Ending ending) {
    Reaction reaction = Reactions.to(ending, new Reactions.Before(tooOld, restarts));
    tooOld = ending instanceof Ending.Failure(int reason, _, _) && reason == 405 ? tooOld + 1 : 0;
    restarts =
        ending instanceof Ending.StreamError(int code, _, _) && code == 515 ? restarts + 1 : 0;
    return reaction;
  }

  Duration delay(Reaction.Next.BackOff next) {
    return next.atLeast().plus(backOff.next());
  }

  /// A connection has stood for a while.
  void stable() {
    backOff.reset();
    restarts = 0;
  }

  void reset() {
    stable();
    tooOld = 0;
  }
}
