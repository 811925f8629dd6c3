package wildcat.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Logging until [LogFiles#start], and of programs that never call it: warnings to standard error.
public final class UntilConfigured extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var root = context.getLogger(ch.qos.logback.classic.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(LogFiles.console(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
