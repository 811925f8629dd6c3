package wildcat.server.rest.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.jid.Jid;
import wildcat.server.command.Recipient;
import wildcat.server.rest.http.HttpFault;

/// Fields of a body, read strictly: what is there has the right type, or the answer names it.
public final class Fields {
  private Fields() {}

  /// A text of one character or more.
  public static String text(ObjectNode body, String name) throws HttpFault {
    return optionalText(body, name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> invalid(name + " is required and must be a text"));
  }

  public static Optional<String> optionalText(JsonNode body, String name) throws HttpFault {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(name + " must be a text");
    }
    return Optional.of(value.textValue());
  }

  /// False when it is absent.
  public static boolean flag(JsonNode body, String name) throws HttpFault {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw invalid(name + " must be true or false");
    }
    return value.booleanValue();
  }

  public static Optional<Long> number(JsonNode body, String name, long min, long max)
      throws HttpFault {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw invalid(name + " must be a whole number from " + min + " to " + max);
    }
    return Optional.of(value.longValue());
  }

  public static Optional<Double> decimal(JsonNode body, String name, double min, double max)
      throws HttpFault {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max) {
      throw invalid(name + " must be a number from " + min + " to " + max);
    }
    return Optional.of(value.doubleValue());
  }

  /// The address of a chat, in any form people write it.
  public static Jid recipient(ObjectNode body, String name) throws HttpFault {
    return Recipient.parse(text(body, name)).orElseThrow(() -> badAddress(name));
  }

  public static List<Jid> persons(ObjectNode body, String name, int max) throws HttpFault {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.size() > max) {
      throw invalid(name + " must be a list of at most " + max + " phone numbers or ids");
    }
    var persons = new ArrayList<Jid>(value.size());
    for (JsonNode one : value) {
      persons.add(
          Optional.of(one)
              .filter(JsonNode::isTextual)
              .flatMap(text -> Recipient.parse(text.textValue()))
              .filter(Jid::isUser)
              .orElseThrow(() -> badAddress(name)));
    }
    return persons;
  }

  public static HttpFault invalid(String message) {
    return HttpFault.badRequest("invalid", message);
  }

  private static HttpFault badAddress(String name) {
    return HttpFault.badRequest(
        "bad_address",
        name
            + " must be a phone number with country code or an id like 4915112345678@s.whatsapp.net");
  }
}
