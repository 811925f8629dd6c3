package wildcat.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/// A short line for whoever watches: time, account, what happened. Details are in the files.
final class HumanLines extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new StringBuilder(TIME.format(event.getInstant())).append(' ');
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      line.append(event.getLevel()).append(' ');
    }
    line.append(Scrubber.scrub(event.getFormattedMessage()));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        if (pair.key.equals("account") || pair.key.equals("webhook")) {
          line.append(' ').append(pair.key).append('=').append(Scrubber.scrub("" + pair.value));
        }
      }
    }
    if (event.getThrowableProxy() != null) {
      line.append(" (").append(event.getThrowableProxy().getClassName()).append(", see app.log)");
    }
    return line.append(System.lineSeparator()).toString().getBytes(UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
