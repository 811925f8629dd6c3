package wildcat.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.cli.output.Tail;

class LogsTest {
  @TempDir Path home;
  private Path log;
  private CommandLineFixture cli;

  @BeforeEach
  void folder() throws IOException {
    log = Files.createDirectories(home.resolve(".logs")).resolve("app.log");
    cli = new CommandLineFixture(home);
  }

  @Test
  void theLastLinesAreShownForPeople() throws IOException {
    Files.writeString(
        log,
        """
        {"ts":"2026-11-04T09:49:24Z","level":"info","message":"old"}
        {"ts":"2026-11-04T09:49:25Z","level":"warn","message":"account_state","context":"app","account":"shop","delay":{"ms":5},"gone":null}
        no json \u001b[2J
        """);
    assertThat(cli.run("logs", "app", "-n", "2")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            2026-11-04T09:49:25Z warn account_state context=app account=shop delay={"ms":5}
            no json  [2J
            """);
  }

  @Test
  void withJsonTheLinesAreAsTheyAre() throws IOException {
    Files.writeString(log, "{\"a\":1}\n{\"b\":2}\n");
    cli.run("logs", "app", "-n", "1", "--json");
    assertThat(cli.out()).isEqualTo("{\"b\":2}\n");
  }

  @Test
  void aMissingLogIsExitCodeOne() {
    assertThat(cli.run("logs", "http")).isEqualTo(1);
    assertThat(cli.err()).contains("no log at", "http.log");
  }

  @Test
  void followingSeesWholeLinesAndAFileBegunAnew() throws IOException {
    var tail = new Tail(log);
    Files.writeString(log, "one\ntwo\nthr");
    assertThat(tail.last(1)).containsExactly("two");
    assertThat(tail.more()).isEmpty();
    Files.writeString(log, "ee\nfour\n", APPEND);
    assertThat(tail.more()).containsExactly("three", "four");
    Files.writeString(log, "new\n");
    assertThat(tail.more()).containsExactly("new");
  }

  @Test
  void aLongFileIsReadFromItsEnd() throws IOException {
    var line = "x".repeat(1023) + "\n";
    Files.writeString(log, "first\n" + line.repeat(9000) + "last\n");
    var last = new Tail(log).last(100_000);
    assertThat(last).hasSizeBetween(8000, 8192).endsWith("last").doesNotContain("first");
    assertThat(last.getFirst()).hasSize(1023); // not cut in its middle
  }

  @Test
  void linesLongerThanOneStepAreWhole() throws IOException {
    var lines =
        IntStream.range(0, 3)
            .mapToObj(i -> Integer.toString(i).repeat(1_500_000))
            .collect(Collectors.joining("\n"));
    Files.writeString(log, lines + "\n");
    assertThat(new Tail(log).last(2))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).hasSize(1_500_000));
  }

  @Test
  void followingPrintsWhatIsWrittenMeanwhile() throws IOException {
    Files.writeString(log, "one\n");
    var pauses = new int[1];
    cli.meanwhile(() -> {
      try {
        switch (pauses[0]++) {
          case 0 -> Files.writeString(log, "two\n", APPEND);
          default -> Files.delete(log);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    assertThat(cli.run("logs", "app", "-f")).isEqualTo(1); // the file is gone
    assertThat(cli.out()).isEqualTo("one\ntwo\n");
  }
}
