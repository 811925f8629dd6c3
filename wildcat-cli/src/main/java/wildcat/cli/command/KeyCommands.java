package wildcat.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `key`: who may use the server.
@Command(name = "key", description = "Create, list and revoke API keys.")
final class KeyCommands extends Group {
  static CommandLine all(Setup setup) {
    return new CommandLine(new KeyCommands())
        .addSubcommand(new KeyCreate(setup))
        .addSubcommand(new KeyList(setup))
        .addSubcommand(new KeyRevoke(setup));
  }
}
