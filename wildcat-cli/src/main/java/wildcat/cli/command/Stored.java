package wildcat.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import wildcat.cli.output.Table;

/// Stored messages, as the predecessor's routes answer them, for people.
final class Stored {
  private static final int TEXT_WIDTH = 60;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private Stored() {}

  /// Unix seconds: a number, a number in a text, or the object the predecessor stored (`{low, high, unsigned}`).
  static long seconds(JsonNode timestamp) {
    return timestamp.isObject() ? timestamp.path("low").asLong() : timestamp.asLong();
  }

  static String time(JsonNode timestamp) {
    return TIME.format(Instant.ofEpochSecond(seconds(timestamp)));
  }

  /// What the message says, or what kind it is where it has no text.
  static String text(JsonNode message) {
    var text = message.path("text").asText("");
    var caption = message.path("caption").asText("");
    var kind = message.path("type").asText("");
    if (kind.isEmpty() || kind.equals("text")) {
      return text;
    }
    return "[" + kind + "] " + (text.isEmpty() ? caption : text);
  }

  static Table table(JsonNode messages) {
    var table = new Table("TIME", "ACCOUNT", "", "CHAT", "ID", "TEXT");
    for (JsonNode message : messages) {
      table
          .row()
          .cell(time(message.path("timestamp")))
          .cell(message.path("accountId").asText())
          .cell(message.path("fromMe").asBoolean() ? "->" : "<-")
          .cell(message.path("chatId").asText())
          .cell(message.path("messageId").asText())
          .cell(text(message), TEXT_WIDTH);
    }
    return table;
  }
}
