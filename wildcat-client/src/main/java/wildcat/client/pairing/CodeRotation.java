package wildcat.client.pairing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import wildcat.client.time.Timers;

/// Shows one ref after the other, each for its time. For the account's thread.
///
/// Source: whatsmeow qrchan.go, Baileys Socket/socket.ts (genPairQR) for the times.
final class CodeRotation {
  static final Duration FIRST = Duration.ofSeconds(60);
  static final Duration NEXT = Duration.ofSeconds(20);

  /// With so many refs left the code is shown longer: it is the first one.
  private static final int FULL_SET = 6;

  private static final Screen DARK = (_, _) -> {};

  private final Timers timers;
  private final InstantSource clock;
  private final Executor thread;
  private final ArrayDeque<String> refs = new ArrayDeque<>(2);
  private Screen screen = DARK;
  private Runnable exhausted = CodeRotation::nothing;
  private Timers.@Nullable Timer timer;
  private String current = "";
  private Instant currentUntil = Instant.EPOCH;
  private Duration shownFor = Duration.ZERO;
  private int run;

  /// Where codes are shown.
  interface Screen {
    void show(String ref, Duration validFor);
  }

  /// @param thread the account's thread, on which everything here happens
  CodeRotation(Timers timers, InstantSource clock, Executor thread) {
    this.timers = timers;
    this.clock = clock;
    this.thread = thread;
  }

  /// Begins with the first of `newRefs`, in place of what was shown.
  ///
  /// @param whenExhausted called when the last one has had its time
  void start(List<String> newRefs, Screen on, Runnable whenExhausted) {
    stop();
    refs.addAll(newRefs);
    screen = on;
    exhausted = whenExhausted;
    next();
  }

  private void next() {
    Duration validFor = refs.size() == FULL_SET ? FIRST : NEXT;
    String ref = refs.poll();
    if (ref == null) {
      Runnable done = exhausted;
      stop();
      done.run();
      return;
    }
    current = ref;
    currentUntil = clock.instant().plus(validFor);
    shownFor = shownFor.plus(validFor);
    int mine = run;
    timer =
        timers.after(
            validFor,
            () ->
                thread.execute(() -> {
                  if (mine == run) {
                    next();
                  }
                }));
    screen.show(ref, validFor);
  }

  /// Shows the current ref once more for the rest of its time: what else the code contains has changed.
  void redraw(Screen on) {
    screen = on;
    Duration rest = Duration.between(clock.instant(), currentUntil);
    if (!current.isEmpty() && rest.isPositive()) {
      screen.show(current, rest);
    }
  }

  void stop() {
    run++;
    refs.clear();
    current = "";
    // what these hold is a connection and its keys
    screen = DARK;
    exhausted = CodeRotation::nothing;
    if (timer != null) {
      timer.close();
      timer = null;
    }
  }

  /// How long codes were valid since the last [#forgetTime], one cut short counted in full.
  Duration shownFor() {
    return shownFor;
  }

  void forgetTime() {
    shownFor = Duration.ZERO;
  }

  private static void nothing() {}
}
