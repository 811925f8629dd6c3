package wildcat.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The commands that are programs of their own: the launcher starts them. Here they are only explained.
abstract sealed class Launched implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        spec.name() + " is a program of its own; start it with the launcher ./wildcat");
  }

  @Command(
      name = "serve",
      description = {
        "Run the server until Ctrl-C.",
        "Settings come from the environment and .env: docs/configuration.md."
      })
  static final class Serve extends Launched {}

  @Command(
      name = "import",
      description = {
        "Bring accounts of Wildcat 2 or of Baileys in, without linking them again.",
        "wildcat import --from mongodb://HOST [--db NAME]",
        "wildcat import --from dir:FOLDER --account ID [--name NAME]"
      })
  static final class Import extends Launched {}

  @Command(
      name = "simulate",
      description = {"Run a WhatsApp server to test against, with virtual phones."})
  static final class Simulate extends Launched {}

  @Command(
      name = "demo",
      description = {
        "See the whole of it without a phone, then try it yourself.",
        "With --exit, end after the walk: 0 when every step worked."
      })
  static final class Demo extends Launched {}
}
