package wildcat.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import wildcat.cli.output.Text;
import wildcat.cli.rest.ApiFailed;
import wildcat.cli.rest.Finding;
import wildcat.cli.rest.KeyUnreadable;
import wildcat.cli.rest.NoAnswerInTime;
import wildcat.cli.rest.NotReachable;
import wildcat.cli.rest.NotWildcat;
import wildcat.cli.rest.Refused;

/// The command line itself: its commands, and what becomes of their failures.
@Command(
    name = "wildcat",
    description = "WhatsApp on your own server: REST in, webhooks out.%n",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "wildcat help COMMAND explains one. Every command prints JSON with --json.",
      "The command names of Wildcat 2 (accounts:list, message:send ...) still work.",
      "Exit codes: 0 done, 1 refused by the server, 2 wrong usage, 3 no server there,",
      "            4 key missing or not enough, 5 waited in vain."
    })
public final class Wildcat extends Group {
  private Wildcat() {}

  /// All commands, ready to be run.
  public static CommandLine commands(Setup setup, String version) {
    var top =
        new CommandLine(new Wildcat())
            .addSubcommand(new Launched.Serve())
            .addSubcommand(new Launched.Simulate())
            .addSubcommand(new Launched.Demo())
            .addSubcommand(new Ping(setup))
            .addSubcommand(AccountCommands.all(setup))
            .addSubcommand(MessageCommands.all(setup))
            .addSubcommand(new Messages(setup))
            .addSubcommand(ChatCommands.all(setup))
            .addSubcommand(WebhookCommands.all(setup))
            .addSubcommand(KeyCommands.all(setup))
            .addSubcommand(LogCommands.all(setup))
            .addSubcommand(new HelpCommand())
            .addSubcommand(new Version(setup.console(), version));
    explained(top);
    top.setExpandAtFiles(false); // a message may begin with @
    top.setColorScheme(
        CommandLine.Help.defaultColorScheme(setup.console().colour() ? Ansi.ON : Ansi.OFF));
    top.setOut(new PrintWriter(setup.console().out(), true, UTF_8));
    top.setErr(new PrintWriter(setup.console().err(), true, UTF_8));
    top.setExitCodeExceptionMapper(_ -> Exit.REFUSED);
    top.setParameterExceptionHandler((failure, _) -> usage(setup, failure));
    top.setExecutionExceptionHandler((failure, _, _) -> failed(setup, failure));
    return top;
  }

  /// Gives every command `--help`.
  private static void explained(CommandLine command) {
    var spec = command.getCommandSpec();
    if (!spec.helpCommand()) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Explain this command.")
              .build());
    }
    command.getSubcommands().values().forEach(Wildcat::explained);
  }

  private static int usage(Setup setup, ParameterException failure) {
    setup.console().complain("wildcat: " + failure.getMessage());
    var command =
        failure.getCommandLine().getCommandSpec().qualifiedName().replaceFirst("^wildcat ?", "");
    setup.console().complain(("try: wildcat help " + command).stripTrailing());
    return Exit.USAGE;
  }

  private static int failed(Setup setup, Exception failure) throws Exception {
    return switch (failure) {
      case ApiFailed api -> failed(setup, api);
      case KeyUnreadable unreadable ->
          complain(setup, String.valueOf(unreadable.getMessage()), Exit.DENIED);
      case IOException broken -> complain(setup, broken.toString(), Exit.REFUSED);
      case IllegalArgumentException wrong ->
          complain(setup, String.valueOf(wrong.getMessage()), Exit.USAGE);
      default -> throw failure;
    };
  }

  private static int failed(Setup setup, ApiFailed failure) {
    var message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case Refused refused when refused.status() == 401 -> {
        complain(setup, refused(refused, message), Exit.DENIED);
        setup
            .console()
            .complain("a key is looked for in " + new Finding(setup.settings()).keyPlaces());
        yield Exit.DENIED;
      }
      case Refused refused when refused.status() == 403 ->
          complain(setup, refused(refused, message), Exit.DENIED);
      case Refused refused -> complain(setup, refused(refused, message), Exit.REFUSED);
      case NotReachable _ -> {
        complain(setup, message, Exit.UNREACHABLE);
        setup
            .console()
            .complain("start one with: wildcat serve; or name another with --url or WILDCAT_URL");
        yield Exit.UNREACHABLE;
      }
      case NotWildcat _ -> complain(setup, message, Exit.UNREACHABLE);
      case NoAnswerInTime _ -> complain(setup, message, Exit.TIMEOUT);
    };
  }

  private static String refused(Refused refused, String message) {
    var code = refused.code();
    return message + " (HTTP " + refused.status() + (code.isEmpty() ? ")" : ", " + code + ")");
  }

  private static int complain(Setup setup, String message, int exit) {
    setup.console().complain("wildcat: " + Text.clean(message));
    return exit;
  }
}
