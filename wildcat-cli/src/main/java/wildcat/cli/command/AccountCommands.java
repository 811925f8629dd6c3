package wildcat.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `account`: the WhatsApp accounts of the server.
@Command(name = "account", description = "List, create, link and connect accounts.")
final class AccountCommands extends Group {
  static CommandLine all(Setup setup) {
    return new CommandLine(new AccountCommands())
        .addSubcommand(new AccountList(setup))
        .addSubcommand(new AccountShow(setup))
        .addSubcommand(new AccountCreate(setup))
        .addSubcommand(new AccountQr(setup))
        .addSubcommand(new AccountStatus(setup))
        .addSubcommand(new AccountConnect(setup))
        .addSubcommand(new AccountDisconnect(setup))
        .addSubcommand(new AccountLogout(setup))
        .addSubcommand(new AccountDelete(setup));
  }
}
