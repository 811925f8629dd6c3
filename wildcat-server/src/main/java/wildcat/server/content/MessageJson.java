package wildcat.server.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import wildcat.protocol.bytes.Bytes;

/// A message's protobuf in JSON: fields by their names in WhatsApp's definitions, bytes in base64, enums by
/// name. What carries keys and no content is left out.
public final class MessageJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> KEY_MATERIAL =
      Set.of(
          "messageContextInfo",
          "senderKeyDistributionMessage",
          "fastRatchetKeySenderKeyDistributionMessage");

  private static final Set<String> MEDIA = Set.of("image", "video", "audio", "document", "sticker");

  private MessageJson() {}

  /// The kind of attachment a message of this type has, if any.
  public static Optional<String> mediaType(String messageType) {
    return Optional.of(messageType).filter(MEDIA::contains);
  }

  /// Empty when `content` is no message, or none with content.
  public static Optional<JsonNode> of(Bytes content) {
    try {
      ObjectNode node = object(wildcat.proto.Message.parseFrom(content.toArray()));
      return node.isEmpty() ? Optional.empty() : Optional.of(node);
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
  }

  private static ObjectNode object(Message message) {
    var node = NODES.objectNode();
    message
        .getAllFields()
        .forEach((field, value) -> {
          if (!KEY_MATERIAL.contains(field.getName())) {
            node.set(field.getName(), field.isRepeated() ? array(field, value) : one(value));
          }
        });
    return node;
  }

  private static ArrayNode array(FieldDescriptor field, Object values) {
    var array = NODES.arrayNode();
    if (values instanceof List<?> list) {
      list.forEach(value -> array.add(one(value)));
      return array;
    }
    throw new IllegalStateException("a repeated field without a list: " + field.getName());
  }

  private static JsonNode one(Object value) {
    return switch (value) {
      case Message message -> object(message);
      case String text -> NODES.textNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Float number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case EnumValueDescriptor choice -> NODES.textNode(choice.getName());
      case ByteString bytes ->
          NODES.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
      default -> throw new IllegalStateException("a field of " + value.getClass());
    };
  }
}
