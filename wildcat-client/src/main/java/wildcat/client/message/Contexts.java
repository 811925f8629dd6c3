package wildcat.client.message;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.Map;
import wildcat.proto.ContextInfo;
import wildcat.proto.ExtendedTextMessage;
import wildcat.proto.FutureProofMessage;
import wildcat.proto.Message;

/// The context of a Message, which stands inside whatever it holds: quote, mentions, lifetime.
final class Contexts {
  private static final String FIELD = "contextInfo";

  private Contexts() {}

  /// The Message with this context in place of its own; a bare text becomes an extended one.
  static Message with(Message message, ContextInfo context) {
    if (message.hasConversation()) {
      return message.toBuilder()
          .clearConversation()
          .setExtendedTextMessage(
              ExtendedTextMessage.newBuilder()
                  .setText(message.getConversation())
                  .setContextInfo(context))
          .build();
    }
    Message.Builder copy = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      if (field.isRepeated() || field.getJavaType() != JavaType.MESSAGE) {
        continue;
      }
      if (entry.getValue() instanceof FutureProofMessage wrapper && wrapper.hasMessage()) {
        copy.setField(
            field, wrapper.toBuilder().setMessage(with(wrapper.getMessage(), context)).build());
        continue;
      }
      FieldDescriptor inner = field.getMessageType().findFieldByName(FIELD);
      if (inner != null && entry.getValue() instanceof com.google.protobuf.Message content) {
        copy.setField(
            field,
            context.equals(ContextInfo.getDefaultInstance())
                ? content.toBuilder().clearField(inner).build()
                : content.toBuilder().setField(inner, context).build());
      }
    }
    return copy.build();
  }

  /// The Message without any context.
  static Message without(Message message) {
    return message.hasConversation() ? message : with(message, ContextInfo.getDefaultInstance());
  }
}
