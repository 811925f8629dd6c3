package wildcat.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `chat`: the conversations of an account.
@Command(name = "chat", description = "List chats.")
final class ChatCommands extends Group {
  static CommandLine all(Setup setup) {
    return new CommandLine(new ChatCommands()).addSubcommand(new ChatList(setup));
  }
}
