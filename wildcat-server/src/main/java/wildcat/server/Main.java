package wildcat.server;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import wildcat.client.store.StoreFailed;
import wildcat.server.config.Config;
import wildcat.server.config.ConfigReader;
import wildcat.server.config.InvalidConfig;
import wildcat.server.log.LogFiles;

/// `wildcat serve`: runs a server until it is told to stop.
///
/// Exit codes: 1 could not start, 2 the configuration cannot be used; 130 or 143 stopped by Ctrl-C or
/// SIGTERM, as the JVM has it.
public final class Main {
  private Main() {}

  /// @param arguments as [ConfigReader#USAGE] says
  public static void main(String[] arguments) throws InterruptedException {
    var wanted = List.of(arguments);
    if (wanted.contains("--help") || wanted.contains("-h")) {
      System.out.print(ConfigReader.USAGE);
      return;
    }
    WildcatServer server;
    try {
      Config config = ConfigReader.read(wanted, System.getenv(), Path.of(""));
      LogFiles.start(config.logs().folder(), config.logs().level(), true);
      server = WildcatServer.start(config);
      welcome(
          System.out,
          config,
          server,
          Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    } catch (InvalidConfig e) {
      e.problems().forEach(problem -> System.err.println("wildcat: " + problem));
      System.exit(2);
      return;
    } catch (IOException | StoreFailed e) {
      System.err.println("wildcat: " + e.getMessage());
      System.exit(1);
      return;
    }
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  server.close();
                  stopped.countDown();
                }));
    stopped.await();
  }

  static void welcome(PrintStream out, Config config, WildcatServer server, boolean terminal) {
    out.println("Wildcat listens on " + server.address());
    if (config.withoutKeys()) {
      out.println("Authentication is OFF: whoever can reach this address can do everything.");
      out.println("Next:  ./wildcat account create mybusiness --qr");
      return;
    }
    server
        .newAdminKey()
        .ifPresent(key -> {
          out.println("The administrator's key was made and written to " + config.adminKeyFile());
          if (terminal) {
            out.println("  " + key.text());
          }
        });
    if (server.newAdminKey().isEmpty()) {
      out.println("The administrator's key is in " + config.adminKeyFile());
    }
    out.println("Next:  ./wildcat account create mybusiness --qr");
    out.println(
        "  or:  curl -H \"Authorization: Bearer $(cat "
            + config.adminKeyFile()
            + ")\" "
            + server.address()
            + "/accounts");
    out.println("Logs:  " + config.logs().folder() + "    Ctrl-C stops it.");
  }
}
