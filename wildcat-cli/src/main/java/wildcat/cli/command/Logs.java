package wildcat.cli.command;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import wildcat.cli.output.Console;
import wildcat.cli.output.LogLine;
import wildcat.cli.output.Tail;
import wildcat.cli.rest.LocalServer;

/// `logs app`, `logs http`, `logs whatsapp`: the end of a log file. The one command that reads a file of the server
/// instead of asking it, so that it also works when the server does not start.
@Command(description = "Show the end of this log.")
public final class Logs implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final int MAX_LINES = 100_000;

  private final Setup setup;
  private final String file;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "40",
      description = "How many lines of it (default: 40).")
  private int lines = 40;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on printing what is written, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--json", description = "Print the lines as they are.")
  private boolean json;

  Logs(Setup setup, String file) {
    this.setup = setup;
    this.file = file;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var path = new LocalServer(setup.settings()).logs().resolve(file);
    var tail = new Tail(path);
    try {
      print(tail.last(Math.clamp(lines, 0, MAX_LINES)));
      while (follow && !setup.console().out().checkError()) {
        setup.pace().pause(BETWEEN_LOOKS);
        print(tail.more());
      }
      return Exit.OK;
    } catch (NoSuchFileException _) {
      setup.console().complain("wildcat: no log at " + path + "; has the server run here?");
      return Exit.REFUSED;
    }
  }

  private void print(List<String> entries) {
    Console console = setup.console();
    for (String entry : entries) {
      console.line(json ? entry : LogLine.forPeople(entry, console));
    }
    console.out().flush();
  }
}
