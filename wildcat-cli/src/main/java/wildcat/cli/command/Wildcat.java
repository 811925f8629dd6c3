package wildcat.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

  /// Runs one command line. Only the command it names is set up, with those below it: setting all up takes longer than
  /// most of them run.
  ///
  /// @return the exit code, see [Exit]
  public static int run(Setup setup, String version, List<String> arguments) {
    var all = commands(setup, version);
    var top = new CommandLine(new Wildcat());
    var named = arguments.isEmpty() ? null : all.get(arguments.getFirst());
    if (named == null) {
      all.forEach((name, command) -> top.addSubcommand(name, command.get()));
      top.addSubcommand(new HelpCommand());
    } else {
      top.addSubcommand(arguments.getFirst(), named.get());
    }
    configure(top, setup);
    if (arguments.isEmpty()) {
      top.usage(top.getOut());
      return Exit.OK;
    }
    return top.execute(arguments.toArray(String[]::new));
  }

  private static Map<String, Supplier<Object>> commands(Setup setup, String version) {
    var all = new LinkedHashMap<String, Supplier<Object>>();
    all.put("serve", Launched.Serve::new);
    all.put("import", Launched.Import::new);
    all.put("simulate", Launched.Simulate::new);
    all.put("demo", Launched.Demo::new);
    all.put("ping", () -> new Ping(setup));
    all.put("account", () -> AccountCommands.all(setup));
    all.put("message", () -> MessageCommands.all(setup));
    all.put("messages", () -> new Messages(setup));
    all.put("chat", () -> ChatCommands.all(setup));
    all.put("webhook", () -> WebhookCommands.all(setup));
    all.put("key", () -> KeyCommands.all(setup));
    all.put("logs", () -> LogCommands.all(setup));
    all.put("version", () -> new Version(setup.console(), version));
    return all;
  }

  private static void configure(CommandLine top, Setup setup) {
    explained(top);
    top.setExpandAtFiles(false); // a message may begin with @
    top.setColorScheme(
        CommandLine.Help.defaultColorScheme(setup.console().colour() ? Ansi.ON : Ansi.OFF));
    top.setOut(new PrintWriter(setup.console().out(), true, UTF_8));
    top.setErr(new PrintWriter(setup.console().err(), true, UTF_8));
    top.setExitCodeExceptionMapper(_ -> Exit.REFUSED);
    top.setParameterExceptionHandler((failure, _) -> usage(setup, failure));
    top.setExecutionExceptionHandler((failure, _, _) -> failed(setup, failure));
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
