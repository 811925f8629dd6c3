package wildcat.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `webhook`: where the server reports messages to.
@Command(name = "webhook", description = "Add, list and remove webhooks.")
final class WebhookCommands extends Group {
  static CommandLine all(Setup setup) {
    return new CommandLine(new WebhookCommands())
        .addSubcommand(new WebhookAdd(setup))
        .addSubcommand(new WebhookList(setup))
        .addSubcommand(new WebhookEnable(setup))
        .addSubcommand(new WebhookRemove(setup));
  }
}
