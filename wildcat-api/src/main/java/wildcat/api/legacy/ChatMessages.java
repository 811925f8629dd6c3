package wildcat.api.legacy;

import java.util.List;

/// Answer of `GET /accounts/:id/chats/:chatId/messages`.
public record ChatMessages(boolean ok, List<MessageDocument> messages, Pagination pagination) {
  public ChatMessages {
    messages = List.copyOf(messages);
  }

  public record Pagination(long total, int limit, int offset, boolean hasMore) {}
}
