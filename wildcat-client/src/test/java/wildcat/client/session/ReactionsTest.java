package wildcat.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.client.event.AccountState.Status;
import wildcat.client.session.Reaction.Keys;
import wildcat.client.session.Reaction.Next;
import wildcat.client.session.Reactions.Before;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.node.Node;

final class ReactionsTest {
  // the names of Next, without what they carry
  private static String next(Reaction reaction) {
    return switch (reaction.next()) {
      case Next.AtOnce _ -> "at once";
      case Next.BackOff(Duration atLeast) -> atLeast.isZero() ? "back off" : "back off long";
      case Next.After _ -> "after";
      case Next.Never _ -> "never";
    };
  }

  @ParameterizedTest
  @CsvSource({
    // reason, status, keys, next, alarm
    "400, DISCONNECTED, KEPT,        never,    false",
    "401, LOGGED_OUT,   QUARANTINED, never,    false",
    "402, BANNED,       KEPT,        after,    true",
    "403, LOGGED_OUT,   QUARANTINED, never,    false",
    "405, RECONNECTING, KEPT,        back off, false",
    "406, BANNED,       QUARANTINED, never,    true",
    "409, DISCONNECTED, KEPT,        never,    true",
    "411, DISCONNECTED, KEPT,        never,    false",
    "413, DISCONNECTED, KEPT,        never,    false",
    "415, DISCONNECTED, KEPT,        never,    false",
    "418, DISCONNECTED, KEPT,        never,    false",
    "429, DISCONNECTED, KEPT,        never,    false",
    "500, RECONNECTING, KEPT,        back off, false",
    "501, DISCONNECTED, KEPT,        never,    false",
    "503, RECONNECTING, KEPT,        back off, false",
    "999, DISCONNECTED, KEPT,        never,    false",
  })
  void failureOfTheLogin(int reason, Status status, Keys keys, String next, boolean alarm) {
    Reaction reaction =
        Reactions.to(Ending.Failure.of(Node.of("failure").with("reason", reason)), Before.NOTHING);
    assertThat(reaction.status()).isEqualTo(status);
    assertThat(reaction.keys()).isEqualTo(keys);
    assertThat(next(reaction)).isEqualTo(next);
    assertThat(reaction.alarm()).isEqualTo(alarm);
    assertThat(reaction.reason()).contains(Integer.toString(reason));
  }

  @ParameterizedTest
  @CsvSource({
    // code, conflict, child, outcome
    "515, '', '', RECONNECTING KEPT at once",
    "516, '', '', LOGGED_OUT QUARANTINED never",
    "401, device_removed, conflict, LOGGED_OUT QUARANTINED never",
    "401, '', '', LOGGED_OUT QUARANTINED never",
    "-1, device_removed, conflict, LOGGED_OUT QUARANTINED never",
    "409, replaced, conflict, CONFLICT KEPT never",
    "-1, replaced, conflict, CONFLICT KEPT never",
    "440, '', '', CONFLICT KEPT never",
    "429, '', '', RECONNECTING KEPT back off long",
    "500, '', '', RECONNECTING KEPT back off",
    "503, '', '', RECONNECTING KEPT back off",
    "599, '', '', RECONNECTING KEPT back off",
    "-1, '', xml-not-well-formed, RECONNECTING KEPT back off",
    "-1, '', ack, RECONNECTING KEPT back off; stays open",
    "-1, '', never-heard-of, RECONNECTING KEPT back off; stays open",
    "777, '', '', RECONNECTING KEPT back off; stays open",
  })
  void streamError(int code, String conflict, String child, String outcome) {
    Node stanza = code < 0 ? Node.of("stream:error") : Node.of("stream:error").with("code", code);
    if (!child.isEmpty()) {
      Node inner = Node.of(child);
      stanza = stanza.containing(conflict.isEmpty() ? inner : inner.with("type", conflict));
    }
    Ending.StreamError error = Ending.StreamError.of(stanza);
    Reaction reaction = Reactions.to(error, Before.NOTHING);
    assertThat(
            reaction.status()
                + " "
                + reaction.keys()
                + " "
                + next(reaction)
                + (Reactions.staysOpen(error) ? "; stays open" : ""))
        .isEqualTo(outcome);
  }

  @Test
  void banLastsAsLongAsTheServerSays() {
    Reaction reaction =
        Reactions.to(
            Ending.Failure.of(
                Node.of("failure").with("reason", 402).with("code", 101).with("expire", 21_600)),
            Before.NOTHING);
    assertThat(reaction.banned()).contains(Duration.ofHours(6));
    assertThat(reaction.reason()).contains("101").contains("not have this number as a contact");
  }

  @ParameterizedTest
  @CsvSource({"-5, 1", "0, 1", "99999999999, 8784", "'', 1", "soon, 1"})
  void banOfImpossibleLengthIsBounded(String expire, int hours) {
    Reaction reaction =
        Reactions.to(
            Ending.Failure.of(Node.of("failure").with("reason", 402).with("expire", expire)),
            Before.NOTHING);
    assertThat(reaction.banned()).contains(Duration.ofHours(hours));
  }

  @Test
  void clientThatIsTooOldTriesTwiceThenAlarms() {
    Ending tooOld = new Ending.Failure(405, 0, Optional.empty());
    assertThat(next(Reactions.to(tooOld, new Before(0, 0)))).isEqualTo("back off");
    Reaction second = Reactions.to(tooOld, new Before(1, 0));
    assertThat(next(second)).isEqualTo("never");
    assertThat(second.alarm()).isTrue();
    assertThat(second.keys()).isEqualTo(Keys.KEPT);
  }

  @Test
  void restartsWithoutEndGetSlower() {
    Ending restart = new Ending.StreamError(515, "", List.of());
    assertThat(next(Reactions.to(restart, new Before(0, 2)))).isEqualTo("at once");
    assertThat(next(Reactions.to(restart, new Before(0, 3)))).isEqualTo("back off");
  }

  @Test
  void rateLimitOfTheStreamPausesFiveMinutesAtLeast() {
    Reaction reaction = Reactions.to(new Ending.StreamError(429, "", List.of()), Before.NOTHING);
    assertThat(reaction.next()).isEqualTo(new Next.BackOff(Duration.ofMinutes(5)));
  }

  @Test
  void lostSocketBacksOff() {
    Reaction reaction = Reactions.to(new Ending.Lost("reset"), Before.NOTHING);
    assertThat(reaction.status()).isEqualTo(Status.RECONNECTING);
    assertThat(next(reaction)).isEqualTo("back off");
  }

  @Test
  void unreadableKeysStopTheAccountAndTouchNothing() {
    Reaction reaction =
        Reactions.to(new Ending.Store(new StoreFailed.Unreadable("damaged")), Before.NOTHING);
    assertThat(reaction.status()).isEqualTo(Status.KEY_ERROR);
    assertThat(reaction.keys()).isEqualTo(Keys.KEPT);
    assertThat(next(reaction)).isEqualTo("never");
  }

  @Test
  void unavailableStoreIsTriedAgainAndAStaleOwnerIsNot() {
    Reaction gone =
        Reactions.to(
            new Ending.Store(new StoreFailed.Unavailable("full", new IllegalStateException())),
            Before.NOTHING);
    assertThat(next(gone)).isEqualTo("back off");
    Reaction stale =
        Reactions.to(new Ending.Store(new StoreFailed.StaleOwner("epoch 2")), Before.NOTHING);
    assertThat(stale.status()).isEqualTo(Status.DISCONNECTED);
    assertThat(next(stale)).isEqualTo("never");
  }

  @Test
  void countsOfAFailureStartAnewAfterSomethingElse() {
    var attempts = new Attempts(java.util.random.RandomGenerator.getDefault());
    Ending tooOld = new Ending.Failure(405, 0, Optional.empty());
    assertThat(next(attempts.react(tooOld))).isEqualTo("back off");
    assertThat(next(attempts.react(new Ending.Lost("reset")))).isEqualTo("back off");
    assertThat(next(attempts.react(tooOld))).isEqualTo("back off");
    assertThat(next(attempts.react(tooOld))).isEqualTo("never");
  }
}
