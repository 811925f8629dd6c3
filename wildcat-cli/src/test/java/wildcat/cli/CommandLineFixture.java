package wildcat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import wildcat.cli.command.Pace;
import wildcat.cli.command.Setup;
import wildcat.cli.output.Console;
import wildcat.cli.rest.Settings;

/// Runs command lines in this JVM and keeps what they print. A pause does not wait: it moves the time, and what the
/// test wants to happen meanwhile happens.
final class CommandLineFixture {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final Path home;
  private boolean terminal = true;
  private boolean colour;
  private long nanos;
  private Runnable meanwhile = () -> {};

  CommandLineFixture(Path home) {
    this.home = home;
  }

  CommandLineFixture with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CommandLineFixture piped() {
    terminal = false;
    return this;
  }

  CommandLineFixture coloured() {
    colour = true;
    return this;
  }

  CommandLineFixture meanwhile(Runnable action) {
    meanwhile = action;
    return this;
  }

  int run(String... arguments) {
    var console =
        new Console(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), terminal, colour);
    try {
      return Main.run(
          List.of(arguments), new Setup(console, Settings.read(environment, home), pace()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Pace pace() {
    return new Pace() {
      @Override
      public long nanoTime() {
        return nanos;
      }

      @Override
      public void pause(Duration length) {
        nanos += length.toNanos();
        meanwhile.run();
      }
    };
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
