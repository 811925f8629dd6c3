package wildcat.server.rest.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import wildcat.client.event.AccountId;
import wildcat.client.message.OutgoingContent;
import wildcat.server.rest.http.HttpFault;

/// The types of messages that need nothing but their fields.
public final class Contents {
  private Contents() {}

  /// By the value of `type`.
  public static Map<String, ContentReader> readers() {
    var readers = new LinkedHashMap<String, ContentReader>();
    readers.put("text", Contents::text);
    return readers;
  }

  private static OutgoingContent text(AccountId account, ObjectNode body) throws HttpFault {
    String text = Fields.text(body, "text");
    if (text.length() > OutgoingContent.Text.MAX_CHARACTERS) {
      throw Fields.invalid("text has 1 to " + OutgoingContent.Text.MAX_CHARACTERS + " characters");
    }
    return new OutgoingContent.Text(text);
  }
}
