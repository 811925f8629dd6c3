package wildcat.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `message`: sending.
@Command(name = "message", description = "Send and answer messages.")
final class MessageCommands extends Group {
  static CommandLine all(Setup setup) {
    return new CommandLine(new MessageCommands())
        .addSubcommand(new MessageSend(setup))
        .addSubcommand(new MessageReply(setup));
  }
}
