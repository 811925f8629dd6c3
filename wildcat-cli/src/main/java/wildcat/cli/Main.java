package wildcat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import wildcat.cli.command.Exit;
import wildcat.cli.command.Pace;
import wildcat.cli.command.Setup;
import wildcat.cli.command.Wildcat;
import wildcat.cli.legacy.FormerCommands;
import wildcat.cli.output.Console;
import wildcat.cli.rest.Settings;

/// Entry point of every command that is not a server. The launcher says with the property `wildcat.terminal` whether
/// stdout is a terminal and with `wildcat.home` where the server's `.env`, data and logs are.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    boolean terminal = Boolean.getBoolean("wildcat.terminal");
    var console =
        new Console(
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            terminal,
            terminal && wantsColour(System.getenv()));
    int exit = run(List.of(arguments), console, System.getenv());
    console.out().flush();
    System.exit(exit);
  }

  private static int run(List<String> arguments, Console console, Map<String, String> environment) {
    try {
      var home = Path.of(System.getProperty("wildcat.home", "")).toAbsolutePath();
      return run(arguments, new Setup(console, Settings.read(environment, home), Pace.REAL));
    } catch (IOException e) {
      console.complain("wildcat: " + e);
      return Exit.USAGE;
    }
  }

  /// Runs one command line.
  ///
  /// @return the exit code, see [Exit]
  static int run(List<String> arguments, Setup setup) {
    if (!arguments.isEmpty() && FormerCommands.has(arguments.getFirst())) {
      return new FormerCommands(setup)
          .run(arguments.getFirst(), arguments.subList(1, arguments.size()));
    }
    return Wildcat.run(setup, version(), arguments);
  }

  /// The NO_COLOR convention: any value but an empty one switches colours off.
  private static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, UTF_8);
  }

  private static String version() {
    try (var in = Main.class.getResourceAsStream("version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
