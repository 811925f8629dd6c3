package wildcat.server.log;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.Optional;

/// How much is logged.
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  OFF;

  Level level() {
    return switch (this) {
      case TRACE -> Level.TRACE;
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
      case OFF -> Level.OFF;
    };
  }

  /// Reads a name; `fatal` and `silent` are those of the predecessor's kind of logger.
  public static Optional<LogLevel> parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "trace" -> Optional.of(TRACE);
      case "debug" -> Optional.of(DEBUG);
      case "info" -> Optional.of(INFO);
      case "warn", "warning" -> Optional.of(WARN);
      case "error", "fatal" -> Optional.of(ERROR);
      case "off", "silent" -> Optional.of(OFF);
      default -> Optional.empty();
    };
  }
}
