package wildcat.server.rest.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import wildcat.api.Json;

/// The body of a request: one JSON object of at most 1 MiB. An empty body is an empty object.
final class JsonBody {
  static final int MAX_BYTES = 1 << 20;

  private JsonBody() {}

  static ObjectNode read(
      InputStream in, long announcedBytes, @Nullable String contentType, @Nullable String encoding)
      throws IOException, HttpFault {
    if (announcedBytes > MAX_BYTES) {
      throw tooLarge();
    }
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw tooLarge();
    }
    if (bytes.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!isJson(contentType)) {
      throw new HttpFault(
          415,
          "unsupported_media_type",
          "send JSON, with the header Content-Type: application/json");
    }
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new HttpFault(415, "unsupported_encoding", "send the body without Content-Encoding");
    }
    return parse(bytes);
  }

  private static ObjectNode parse(byte[] bytes) throws HttpFault, IOException {
    JsonNode node;
    try {
      node = Json.shared().readTree(bytes);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw HttpFault.badRequest(
          "bad_json",
          "the body is not valid JSON"
              + (at == null
                  ? ""
                  : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw HttpFault.badRequest("bad_json", "the body must be a JSON object");
  }

  static <T> T as(ObjectNode body, Class<T> type) throws HttpFault {
    try {
      return Json.shared().treeToValue(body, type);
    } catch (JsonMappingException e) {
      String field =
          e.getPath().stream()
              .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
              .collect(Collectors.joining("."));
      throw HttpFault.badRequest(
          "wrong_type", "the field " + field + " has a value of the wrong type");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw HttpFault.badRequest("wrong_type", "a field has a value of the wrong type");
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }

  private static HttpFault tooLarge() {
    return new HttpFault(413, "body_too_large", "the body has more than " + MAX_BYTES + " bytes");
  }
}
