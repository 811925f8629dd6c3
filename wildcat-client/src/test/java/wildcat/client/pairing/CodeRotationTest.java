package wildcat.client.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wildcat.client.time.ManualTime;

final class CodeRotationTest {
  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final CodeRotation rotation = new CodeRotation(time, time, Runnable::run);
  private final List<String> shown = new ArrayList<>();

  private void show(String ref, Duration validFor) {
    shown.add(time.instant().getEpochSecond() + " " + ref + " " + validFor.toSeconds());
  }

  private void exhausted() {
    shown.add(time.instant().getEpochSecond() + " exhausted");
  }

  @Test
  void sixRefsAreShownForSixtyThenTwentySecondsEach() {
    rotation.start(List.of("a", "b", "c", "d", "e", "f"), this::show, this::exhausted);
    time.advance(Duration.ofMinutes(10));
    assertThat(shown)
        .containsExactly(
            "0 a 60", "60 b 20", "80 c 20", "100 d 20", "120 e 20", "140 f 20", "160 exhausted");
    assertThat(rotation.shownFor()).isEqualTo(Duration.ofSeconds(160));
  }

  @Test
  void firstOfFewerRefsIsShownForTwentySeconds() {
    rotation.start(List.of("a", "b"), this::show, this::exhausted);
    time.advance(Duration.ofMinutes(10));
    assertThat(shown).containsExactly("0 a 20", "20 b 20", "40 exhausted");
  }

  @Test
  void newSetReplacesTheOld() {
    rotation.start(List.of("a", "b"), this::show, this::exhausted);
    time.advance(Duration.ofSeconds(10));
    rotation.start(List.of("c"), this::show, this::exhausted);
    time.advance(Duration.ofMinutes(10));
    assertThat(shown).containsExactly("0 a 20", "10 c 20", "30 exhausted");
  }

  @Test
  void redrawShowsTheSameRefForTheRestOfItsTime() {
    rotation.start(List.of("a", "b"), this::show, this::exhausted);
    time.advance(Duration.ofSeconds(5));
    rotation.redraw((ref, validFor) -> show("new " + ref, validFor));
    time.advance(Duration.ofSeconds(15));
    assertThat(shown).containsExactly("0 a 20", "5 new a 15", "20 new b 20");
  }

  @Test
  void stoppedRotationShowsNothingAndLeavesNoTimer() {
    rotation.start(List.of("a", "b"), this::show, this::exhausted);
    rotation.stop();
    rotation.redraw(this::show);
    time.advance(Duration.ofMinutes(10));
    assertThat(shown).containsExactly("0 a 20");
    assertThat(time.waiting()).isZero();
  }
}
