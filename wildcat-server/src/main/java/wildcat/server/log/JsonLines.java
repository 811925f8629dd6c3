package wildcat.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;
import wildcat.api.Json;

/// One JSON object per line: `ts`, `level`, `message`, `context`, then the line's own fields.
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final int MAX_FRAMES = 15;
  private static final JsonFactory JSON = new JsonFactory();

  private final boolean withContext;

  /// @param withContext whether lines say where they come from; the predecessor's `http.log` did not
  JsonLines(boolean withContext) {
    this.withContext = withContext;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("ts", Json.time(event.getInstant()));
      json.writeStringField("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
      json.writeStringField("message", Scrubber.scrub(event.getFormattedMessage()));
      if (withContext) {
        json.writeStringField("context", context(event.getLoggerName()));
      }
      if (event.getKeyValuePairs() != null) {
        for (KeyValuePair pair : event.getKeyValuePairs()) {
          field(json, pair);
        }
      }
      if (event.getThrowableProxy() != null) {
        json.writeStringField("error", error(event.getThrowableProxy()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException(e); // writes to memory only
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void field(JsonGenerator json, KeyValuePair pair) throws IOException {
    switch (pair.value) {
      case null -> json.writeNullField(pair.key);
      case Integer number -> json.writeNumberField(pair.key, number);
      case Long number -> json.writeNumberField(pair.key, number);
      case Double number -> json.writeNumberField(pair.key, number);
      case Boolean truth -> json.writeBooleanField(pair.key, truth);
      default -> json.writeStringField(pair.key, Scrubber.scrub(pair.value.toString()));
    }
  }

  /// The part of a logger's name that says which subsystem it is: `webhook`, `session`, `rest.http`.
  static String context(String logger) {
    String name = logger;
    for (String prefix : new String[] {"wildcat.server.", "wildcat.client.", "wildcat."}) {
      if (name.startsWith(prefix)) {
        name = name.substring(prefix.length());
        break;
      }
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "server" : name.substring(0, dot);
  }

  /// Kinds and places, with scrubbed messages.
  static String error(IThrowableProxy thrown) {
    var text = new StringBuilder();
    IThrowableProxy one = thrown;
    for (int depth = 0; one != null && depth < 5; depth++, one = one.getCause()) {
      text.append(depth == 0 ? "" : "\ncaused by ").append(one.getClassName());
      if (one.getMessage() != null) {
        text.append(": ").append(Scrubber.scrub(one.getMessage()));
      }
      int frames = 0;
      for (StackTraceElementProxy frame : one.getStackTraceElementProxyArray()) {
        if (frames++ == MAX_FRAMES) {
          break;
        }
        text.append("\n  at ").append(frame.getStackTraceElement());
      }
    }
    return text.toString();
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
