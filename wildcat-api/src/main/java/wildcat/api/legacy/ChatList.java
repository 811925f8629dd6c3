package wildcat.api.legacy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /accounts/:id/chats`.
public record ChatList(boolean ok, List<Chat> chats) {
  public ChatList {
    chats = List.copyOf(chats);
  }

  public record Chat(String chatId, long messageCount, LastMessage lastMessage) {
    @Override
    public String toString() {
      return "chat of " + messageCount + " messages";
    }
  }

  public record LastMessage(
      String messageId, @Nullable String text, String type, long timestamp, boolean fromMe) {
    @Override
    public String toString() {
      return "message " + messageId;
    }
  }
}
