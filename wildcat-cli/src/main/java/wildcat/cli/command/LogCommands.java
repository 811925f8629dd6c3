package wildcat.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `logs`: the log files of this machine's server.
@Command(name = "logs", description = "Show the log files of this machine's server.")
final class LogCommands extends Group {
  static CommandLine all(Setup setup) {
    return new CommandLine(new LogCommands())
        .addSubcommand("app", new Logs(setup, "app.log"))
        .addSubcommand("http", new Logs(setup, "http.log"))
        .addSubcommand("whatsapp", new Logs(setup, "whatsapp.log"));
  }
}
