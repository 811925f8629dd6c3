package wildcat.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import wildcat.cli.output.Console;

/// `version`.
@Command(name = "version", description = "Print the version.")
final class Version implements Callable<Integer> {
  private final Console console;
  private final String version;

  Version(Console console, String version) {
    this.console = console;
    this.version = version;
  }

  @Override
  public Integer call() {
    console.line("wildcat " + version);
    return Exit.OK;
  }
}
