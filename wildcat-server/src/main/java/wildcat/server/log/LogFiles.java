package wildcat.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Sets the process's logging up: `app.log` for everything, `http.log` for requests, `whatsapp.log` for the
/// protocol (the predecessor's `baileys.log`), each cut at 20 MiB and kept five times.
public final class LogFiles {
  private static final long MAX_BYTES = 20L << 20;
  private static final int KEPT = 5;

  private LogFiles() {}

  /// Replaces whatever was set up before.
  ///
  /// @param console whether short lines go to standard error too
  /// @throws IOException `folder` cannot be made or written to
  public static void start(Path folder, LogLevel level, boolean console) throws IOException {
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new IOException("cannot write to " + folder);
    }
    LoggerContext context = context();
    context.reset();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.level());
    root.addAppender(file(context, folder.resolve("app.log"), new JsonLines(true)));
    if (console) {
      root.addAppender(console(context));
    }
    Logger http = context.getLogger("wildcat.http");
    http.setAdditive(false);
    http.addAppender(file(context, folder.resolve("http.log"), new JsonLines(false)));
    Logger whatsapp = context.getLogger("wildcat.client");
    whatsapp.setAdditive(false);
    whatsapp.addAppender(file(context, folder.resolve("whatsapp.log"), new JsonLines(true)));
    quietLibraries(context, level.level());
  }

  /// Below WARN these write headers and bodies.
  static void quietLibraries(LoggerContext context, Level level) {
    Level quiet = level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
    context.getLogger("io.javalin").setLevel(Level.OFF); // what fails is thrown as well
    for (String name : new String[] {"org.eclipse.jetty", "org.apache.hc", "io.netty"}) {
      context.getLogger(name).setLevel(quiet);
    }
  }

  static LoggerContext context() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      return context;
    }
    throw new IllegalStateException("Logback is not the logging library in use");
  }

  static Appender<ILoggingEvent> console(LoggerContext context) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(started(context, new HumanLines()));
    appender.start();
    return appender;
  }

  private static Appender<ILoggingEvent> file(
      LoggerContext context, Path path, Encoder<ILoggingEvent> encoder) {
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setFile(path.toString());
    appender.setEncoder(started(context, encoder));
    var rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(path + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(KEPT);
    rolling.start();
    var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    trigger.setContext(context);
    trigger.setMaxFileSize(new FileSize(MAX_BYTES));
    trigger.setCheckIncrement(Duration.buildBySeconds(5));
    trigger.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> started(
      LoggerContext context, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
