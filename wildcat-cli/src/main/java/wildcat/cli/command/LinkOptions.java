package wildcat.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a command waits for the phone.
final class LinkOptions {
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "How long to wait for the phone (default: 180).")
  private int seconds = 180;

  Duration limit() {
    return Duration.ofSeconds(Math.max(1, seconds));
  }
}
